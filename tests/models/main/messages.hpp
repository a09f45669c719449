// The catalogue of the build, for tests that speak Chinese.
#pragma once

namespace tuopin::test {

/// False where the build has no Babel: then there is no catalogue.
bool has_messages();

}  // namespace tuopin::test
