// What the program says: answers to the standard output, remarks to the standard error. Nothing else in this folder
// prints.
#pragma once

#include <string_view>

namespace tuopin {

/// Before any file is opened: descriptors 0 to 2 that are closed are taken, so that no file of ours lands on one of
/// them and is written into. What is written to them then fails, as it should: nobody hears it.
void hold_standard_streams();

/// What was asked for. Throws OutputError where it cannot be delivered whole: a full disk, a closed pipe.
void answer(std::string_view text);

/// What is said on the way: progress, warnings, errors. A log that cannot be written ends nothing.
void remark(std::string_view text) noexcept;

}  // namespace tuopin
