// The check that no two processes have the same address of random numbers.
#include "engine/base/luck.hpp"

#include <map>

#include "engine/base/errors.hpp"

namespace tuopin {

void check_process_names(const std::vector<std::string>& names) {
  std::map<std::uint32_t, const std::string*> known;
  std::vector<Problem> problems;
  for (const std::string& name : names) {
    const auto [place, is_new] = known.emplace(hash32(name), &name);
    if (is_new) continue;
    const std::string& other = *place->second;
    if (other == name) {
      problems.push_back(
          {{}, name, message("two processes have this name, so they would share their luck"), message("rename one")});
    } else {
      problems.push_back(
          {{},
           name,
           message("the names \"{}\" and \"{}\" have the same hash, so they would share their luck", other, name),
           message("give one of them luck = \"another name\"")});
    }
  }
  if (!problems.empty()) throw ScenarioError(std::move(problems));
}

}  // namespace tuopin
