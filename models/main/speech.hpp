// Output of the program: results to the standard output, other messages to the standard error. Nothing else in this
// folder prints.
#pragma once

#include <string_view>

namespace tuopin {

/// Opens the descriptors 0 to 2 if they are closed, so that no file opened later gets one of these numbers and is
/// written to by mistake. Must be called before any file is opened. Writing to them then fails, as it should.
void hold_standard_streams();

/// Prints a result. Throws OutputError if it cannot be written completely: a full disk, a closed pipe.
void answer(std::string_view text);

/// Prints progress, warnings and errors. Failures to write them are ignored.
void remark(std::string_view text) noexcept;

}  // namespace tuopin
