// A disk that is full or may not be written: a clean OutputError, the older file unharmed, no crash at exit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "engine/base/errors.hpp"
#include "tests/engine/study/study_sample.hpp"

namespace tuopin::test {

using testing::AllOf;
using testing::HasSubstr;

namespace {

std::string refusal(const std::filesystem::path& path, const Study& study) {
  return message_of<OutputError>([&] { write_study(path, study); });
}

/// Files may not grow beyond `bytes` while this lives; the signal that would kill the process is ignored.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) : handler_(::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;
  ~SmallFiles() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  void (*handler_)(int);
  rlimit before_{};
};

/// Drops the superuser's privilege during its lifetime, because the superuser may write everywhere.
class AsNobody {
 public:
  AsNobody() : was_(::geteuid()) { lowered_ = was_ != 0 || ::seteuid(65534) == 0; }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
  ~AsNobody() {
    if (::geteuid() != was_ && ::seteuid(was_) != 0) std::abort();
  }
  bool lowered() const { return lowered_; }

 private:
  uid_t was_;
  bool lowered_;
};

}  // namespace

TEST(StudyDisk, AFileThatMayNotGrowIsRefusedAndTheOlderOneStays) {
  const Folder folder;
  const std::filesystem::path path = folder / "study.h5";
  write_study(path, sample_study());
  const std::string before = bytes_of(path);
  {
    const SmallFiles limit(64 * 1024);
    EXPECT_THAT(refusal(path, sample_study(2'000)), AllOf(HasSubstr("study.h5"), HasSubstr("File too large")));
  }
  EXPECT_EQ(bytes_of(path), before);
  EXPECT_EQ(folder.entries(), 1u) << "a temporary was left behind";
}

TEST(StudyDisk, AFullDiskIsRefused) {
  const Folder folder;
  if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=65536") != 0)
    GTEST_SKIP() << "NOT TESTED: a full disk needs the right to mount one";
  std::string message = refusal(folder / "study.h5", sample_study(2'000));
  const std::size_t left = folder.entries();
  TableFile tables;
  tables.texts["names"] = std::vector<std::string>(10'000, "a name of some length");
  const std::string tables_message = message_of<OutputError>([&] { write_tables(folder / "tables.h5", tables); });
  ::umount(folder.path().c_str());
  EXPECT_THAT(message, AllOf(HasSubstr("study.h5"), HasSubstr("No space left")));
  EXPECT_THAT(tables_message, AllOf(HasSubstr("tables.h5"), HasSubstr("No space left")));
  EXPECT_EQ(left, 0u) << "a temporary was left behind";
}

TEST(StudyDisk, AFailedWriteEndsInAnOrderlyExit) {
  const Folder folder;
  EXPECT_EXIT(
      {
        const SmallFiles limit(4096);
        std::exit(refusal(folder / "study.h5", sample_study(2'000)).empty() ? 0 : 6);
      },
      testing::ExitedWithCode(6), "");
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(StudyDisk, AFolderWithoutPermissionIsRefused) {
  const Folder folder;
  ::chmod(folder.path().c_str(), 0555);
  const AsNobody nobody;
  if (!nobody.lowered()) GTEST_SKIP() << "NOT TESTED: the superuser's privilege cannot be laid down here";
  EXPECT_THAT(refusal(folder / "study.h5", sample_study()),
              AllOf(HasSubstr("study.h5"), HasSubstr("Permission denied")));
  EXPECT_THAT(message_of<OutputError>([&] { OutputClaim claim(folder / "study.h5", false); }),
              AllOf(HasSubstr("study.h5"), HasSubstr("Permission denied")));
  EXPECT_THAT(message_of<OutputError>([&] { OutputClaim claim(folder / "deeper" / "study.h5", false); }),
              HasSubstr("cannot create its folder"));
}

TEST(StudyDisk, AFileWithoutPermissionIsNotRead) {
  const Folder folder;
  write_study(folder / "study.h5", sample_study());
  ::chmod((folder / "study.h5").c_str(), 0);
  ::chmod(folder.path().c_str(), 0755);
  const AsNobody nobody;
  if (!nobody.lowered()) GTEST_SKIP() << "NOT TESTED: the superuser's privilege cannot be laid down here";
  EXPECT_THAT(message_of<DataError>([&] { read_study(folder / "study.h5"); }), HasSubstr("Permission denied"));
}

TEST(StudyDisk, AMissingFolderIsNamed) {
  const Folder folder;
  EXPECT_THAT(refusal(folder / "none" / "study.h5", sample_study()), HasSubstr("No such file or directory"));
}

}  // namespace tuopin::test
