#include "models/population/population_key.hpp"

#include <fmt/format.h>

#include "engine/base/ids.hpp"
#include "engine/files/whole_file.hpp"

namespace tuopin {

std::string population_key(const Region& region) {
  std::string text = region.settings.effective_text() + "\n" + TUOPIN_SYNTHESIS_CODE + "\n";
  for (const char* file : {"files.counties", "files.margins"}) text += contents_of(region.settings.file(file)) + "\n";
  return fmt::format("{:016x}", hash64(text));
}

}  // namespace tuopin
