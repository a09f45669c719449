#include "engine/run/team.hpp"

#include <exception>
#include <vector>

#include "engine/base/errors.hpp"

namespace tuopin {

void try_each(const Team& team, std::size_t count, const std::function<void(std::size_t)>& body) {
  std::vector<std::exception_ptr> failed(count);
  team.for_each(count, [&](std::size_t index, std::size_t) {
    try {
      body(index);
    } catch (const Error&) {
      failed[index] = std::current_exception();
    }
  });
  for (const std::exception_ptr& error : failed)
    if (error) std::rethrow_exception(error);
}

}  // namespace tuopin
