// Damaged and malicious files: whatever they do to HDF5, the reader throws a DataError and continues.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5_hl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "engine/base/errors.hpp"
#include "engine/files/limits.hpp"
#include "engine/files/read_sandboxed.hpp"
#include "engine/study/hdf5_handles.hpp"
#include "tests/engine/study/study_sample.hpp"

namespace tuopin::test {

using testing::AllOf;
using testing::HasSubstr;

namespace {

/// The message of a sandboxed read that does what `act` says.
std::string apart(const std::function<std::string()>& act) {
  return message_of<DataError>([&] { read_sandboxed<std::string>("here.h5", act); });
}

/// A valid study changed by `change`; returns the message with which it is refused.
std::string refusal_of(const std::function<void(hid_t file)>& change) {
  const Folder folder;
  write_study(folder / "study.h5", sample_study());
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  const hid_t file = H5Fopen((folder / "study.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  change(file);
  H5Fclose(file);
  return message_of<DataError>([&] { read_study(folder / "study.h5"); });
}

/// A dataset that claims `extents` and holds nothing.
hid_t claim(hid_t file, const char* name, const std::vector<hsize_t>& extents, const char* elsewhere = nullptr) {
  const H5Id space(H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr), H5Sclose,
                   msgid("space"));
  const H5Id properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, msgid("properties"));
  const std::vector<hsize_t> chunk(extents.size(), 1);
  if (elsewhere)
    H5Pset_external(properties, elsewhere, 0, H5F_UNLIMITED);
  else
    H5Pset_chunk(properties, static_cast<int>(chunk.size()), chunk.data());
  return H5Dcreate2(file, name, H5T_IEEE_F64LE, space, H5P_DEFAULT, properties, H5P_DEFAULT);
}

}  // namespace

TEST(Apart, HandsBackWhatWasRead) {
  const std::string long_text(3'000'000, 'x');
  EXPECT_EQ(read_sandboxed<std::string>("here.h5", [&] { return long_text; }), long_text);
  using Values = std::map<std::string, std::variant<std::string, std::int64_t, std::vector<double>>>;
  const Values values = {{"a", "text"}, {"b", std::int64_t{-7}}, {"c", std::vector<double>{0.1, 1e300}}};
  EXPECT_EQ(read_sandboxed<Values>("here.h5", [&] { return values; }), values);
}

TEST(Apart, AnErrorOfTheReaderArrivesWhole) {
  EXPECT_EQ(apart([]() -> std::string {
              throw DataError(
                  {Problem{Origin{"a.h5", 3, 4}, "key", Message::verbatim("message"), Message::verbatim("hint")}});
            }),
            "a.h5:3:4: key: message (hint)");
}

TEST(Apart, ACrashIsADamagedFile) {
  EXPECT_THAT(apart([]() -> std::string {
                ::signal(SIGSEGV, SIG_DFL);  // sanitizers catch it otherwise
                ::raise(SIGSEGV);
                return "";
              }),
              AllOf(HasSubstr("here.h5"), HasSubstr("brings HDF5 down (signal 11)"), HasSubstr("damaged")));
  EXPECT_THAT(apart([]() -> std::string { ::_exit(3); }), HasSubstr("failed half-way"));
}

TEST(Apart, AReaderThatNeverEndsIsStopped) {
  EXPECT_THAT(apart([]() -> std::string {
                ::raise(SIGXCPU);  // what the limit of computing time sends
                return "";
              }),
              HasSubstr("takes longer than any sound file"));
  // The limit itself, in another child so that this process keeps its own.
  const std::string limit = read_sandboxed<std::string>("here.h5", [] {
    rlimit seconds{};
    ::getrlimit(RLIMIT_CPU, &seconds);
    return std::to_string(seconds.rlim_cur);
  });
  EXPECT_EQ(limit, std::to_string(hdf5_seconds));
}

TEST(Apart, MemoryIsLimited) {
  EXPECT_THAT(apart([]() -> std::string { throw std::bad_alloc(); }), HasSubstr("takes more memory"));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__clang__)  // sanitizers reserve terabytes and have limits of their own
  EXPECT_THAT(apart([] { return std::string(max_hdf5_values_bytes + 2 * hdf5_working_bytes, 'x'); }),
              HasSubstr("takes more memory"));
#endif
}

TEST(HostileStudy, ExtentsThatNoMemoryHolds) {
  EXPECT_THAT(refusal_of([](hid_t file) {
                H5Dclose(claim(file, "huge", {hsize_t{1} << 32, hsize_t{1} << 20}));
              }),
              AllOf(HasSubstr("huge"), HasSubstr("4 GiB")));
  EXPECT_THAT(refusal_of([](hid_t file) {
                H5Dclose(claim(file, "wraps", {hsize_t{1} << 32, hsize_t{1} << 32}));
              }),
              AllOf(HasSubstr("wraps"), HasSubstr("more values than can be counted")));
}

TEST(HostileStudy, ValuesThatAreClaimedAndNotThere) {
  EXPECT_THAT(refusal_of([](hid_t file) {
                H5Dclose(claim(file, "empty", {1'000, 1'000}));
              }),
              AllOf(HasSubstr("empty"), HasSubstr("declares 1000000 values and holds 0 bytes")));
}

TEST(HostileStudy, ValuesOfAnotherFile) {
  EXPECT_THAT(refusal_of([](hid_t file) { H5Dclose(claim(file, "secret", {60}, "/etc/hostname")); }),
              AllOf(HasSubstr("secret"), HasSubstr("stand in another file")));
  EXPECT_THAT(refusal_of([](hid_t file) {
                H5Lcreate_external("/etc/hostname", "/", file, "elsewhere", H5P_DEFAULT, H5P_DEFAULT);
              }),
              AllOf(HasSubstr("elsewhere"), HasSubstr("a link to another place")));
}

TEST(HostileStudy, LinksThatLeadRoundInCircles) {
  EXPECT_THAT(refusal_of([](hid_t file) { H5Lcreate_soft("/loop", file, "loop", H5P_DEFAULT, H5P_DEFAULT); }),
              AllOf(HasSubstr("loop"), HasSubstr("a link to another place")));
  // The root as a group of itself: one level is read, and everything in it a second time under another name.
  EXPECT_EQ(
      refusal_of([](hid_t file) { H5Lcreate_hard(file, "/", file, "again", H5P_DEFAULT, H5P_DEFAULT); }).find("circle"),
      std::string::npos);
}

TEST(HostileStudy, AVariableThatIsLongerThanItsDimensions) {
  EXPECT_THAT(refusal_of([](hid_t file) {
                const H5Id rate(H5Dopen2(file, "persons", H5P_DEFAULT), H5Dclose, msgid("opening"));
                const H5Id year(H5Dopen2(file, "year", H5P_DEFAULT), H5Dclose, msgid("opening"));
                const H5Id draw(H5Dopen2(file, "place", H5P_DEFAULT), H5Dclose, msgid("opening"));
                H5DSdetach_scale(rate, year, 0);
                H5DSattach_scale(rate, draw, 0);
              }),
              AllOf(HasSubstr("persons"), HasSubstr("has 3 values, its dimensions 2")));
  EXPECT_THAT(refusal_of([](hid_t file) { H5Lmove(file, "year", file, "jahr", H5P_DEFAULT, H5P_DEFAULT); }),
              HasSubstr("a dimension that the file does not hold: year"));
}

TEST(HostileStudy, MoreObjectsThanAnyStudyHas) {
  EXPECT_THAT(refusal_of([](hid_t file) {
                for (std::size_t i = 0; i <= max_hdf5_objects; ++i)
                  H5Lcreate_hard(file, "year", file, std::to_string(i).c_str(), H5P_DEFAULT, H5P_DEFAULT);
              }),
              HasSubstr("holds more than 10000 variables"));
}

}  // namespace tuopin::test
