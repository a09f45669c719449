// Whether a sanitizer watches: random trials that write and read files then are a tenth as many.
#pragma once

namespace tuopin {

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define TUOPIN_SANITIZED
#endif
#endif
#ifdef TUOPIN_SANITIZED
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

}  // namespace tuopin
