// What an output may replace: a study a study, a panel a panel, a report a report, or nothing. Nothing is touched.
#include "engine/study/output_place.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "engine/base/errors.hpp"
#include "tests/engine/study/study_sample.hpp"

namespace tuopin::test {

using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

template <typename Kind>
std::string refused_as(const std::vector<OutputPlace>& outputs, const std::vector<fs::path>& inputs = {}) {
  return message_of<Kind>([&] { check_outputs(outputs, inputs); });
}

std::string misuse(const fs::path& path, OutputKind kind = OutputKind::study) {
  return refused_as<UsageError>({{path, kind, "--output"}});
}
std::string refusal(const fs::path& path, OutputKind kind = OutputKind::study) {
  return refused_as<OutputError>({{path, kind, "--output"}});
}

}  // namespace

TEST(OutputPlace, NothingAndItsLikeMayBeReplaced) {
  const Folder folder;
  EXPECT_EQ(refusal(folder / "new.h5"), "");
  EXPECT_EQ(refusal(folder / "new" / "folders" / "study.h5"), "");
  write_study(folder / "study.h5", sample_study());
  EXPECT_EQ(refusal(folder / "study.h5"), "");
  EXPECT_THAT(refusal(folder / "study.h5", OutputKind::panel), HasSubstr("is not a panel"));
  TableFile panel;
  panel.attributes["content"] = std::string("panel of synthetic households: no real person");
  write_tables(folder / "panel.h5", panel);
  EXPECT_EQ(refusal(folder / "panel.h5", OutputKind::panel), "");
  EXPECT_THAT(refusal(folder / "panel.h5"), HasSubstr("is not a study of tuopin"));
  write_bytes(folder / "report.md", "# Synthesis report, population 0\n");
  EXPECT_EQ(refusal(folder / "report.md", OutputKind::report), "");
  write_bytes(folder / "report.md", std::string(report_mark) + "# 合成人口报告\n");
  EXPECT_EQ(refusal(folder / "report.md", OutputKind::report), "");
  write_bytes(folder / "notes.md", "# My notes\n");
  EXPECT_THAT(refusal(folder / "notes.md", OutputKind::report), HasSubstr("is not a synthesis report"));
  EXPECT_EQ(folder.entries(), 4u) << "nothing is made";
}

TEST(OutputPlace, NamesThatNoOutputHas) {
  const Folder folder;
  for (const char* name : {"study", "study.csv", "study.H5", "study.h5.txt", "new/", "..", "new/."})
    EXPECT_THAT(misuse(folder / name), HasSubstr("--output: ")) << name;
  EXPECT_THAT(misuse(""), HasSubstr("is empty"));
  EXPECT_THAT(misuse(folder / "a\tb.h5"), HasSubstr("control characters"));
  EXPECT_THAT(misuse(folder / "a\xff.h5"), HasSubstr("not UTF-8"));
  EXPECT_EQ(misuse(folder / "脱贫.h5"), "");
  for (const char* name : {"report.toml", "report.csv", "report.h5"})
    EXPECT_THAT(misuse(folder / name, OutputKind::report), HasSubstr("Markdown")) << name;
  EXPECT_EQ(misuse(folder / "report", OutputKind::report), "");
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(OutputPlace, WhatIsNoFileIsNeverReplaced) {
  const Folder folder;
  fs::create_directory(folder / "folder.h5");
  EXPECT_THAT(refusal(folder / "folder.h5"), HasSubstr("is a folder"));
  ASSERT_EQ(::mkfifo((folder / "pipe.h5").c_str(), 0600), 0);
  EXPECT_THAT(refusal(folder / "pipe.h5"), HasSubstr("is a pipe"));
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = (folder / "s.h5").string();
  ASSERT_LT(name.size(), sizeof address.sun_path);
  name.copy(address.sun_path, name.size());
  ASSERT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_THAT(refusal(folder / "s.h5"), HasSubstr("is a socket"));
  ::close(socket);
  write_study(folder / "study.h5", sample_study());
  fs::create_symlink(folder / "study.h5", folder / "link.h5");
  fs::create_symlink(folder / "nothing", folder / "dangling.h5");
  fs::create_symlink("/dev/null", folder / "device.h5");
  for (const char* link : {"link.h5", "dangling.h5", "device.h5"})
    EXPECT_THAT(refusal(folder / link), HasSubstr("is a symbolic link")) << link;
  EXPECT_THAT(refused_as<OutputError>({{"/dev/null", OutputKind::report, "--output"}}), HasSubstr("is a device"));
  EXPECT_FALSE(fs::exists(folder / "nothing"));
}

TEST(OutputPlace, FilesOfOthersAreNeverReplaced) {
  const Folder folder;
  write_bytes(folder / "empty.h5", "");
  write_bytes(folder / "text.h5", "my notes");
  write_bytes(folder / "cut.h5", "\x89HDF\r\n\x1a\n");
  for (const char* name : {"empty.h5", "text.h5", "cut.h5"}) {
    const std::string before = bytes_of(folder / name);
    EXPECT_THAT(refusal(folder / name), HasSubstr("is not a study of tuopin: it is never replaced")) << name;
    EXPECT_EQ(bytes_of(folder / name), before);
  }
}

TEST(OutputPlace, InputsAndOtherOutputsAreNoOutputs) {
  const Folder folder;
  write_study(folder / "study.h5", sample_study());
  fs::create_directory(folder / "sub");
  for (const fs::path& path : {folder / "study.h5", folder / "sub" / ".." / "study.h5"})
    EXPECT_THAT(refused_as<OutputError>({{path, OutputKind::study, "--output"}}, {folder / "study.h5"}),
                HasSubstr("is read by this command"));
  for (const fs::path& panel : {folder / "new.h5", folder / "sub" / ".." / "new.h5", folder / "." / "new.h5"})
    EXPECT_THAT(refused_as<UsageError>(
                    {{folder / "new.h5", OutputKind::study, "--output"}, {panel, OutputKind::panel, "--panel"}}),
                HasSubstr("--panel: names the same file as --output"));
  EXPECT_THAT(refused_as<UsageError>({{folder / "new.h5", OutputKind::study, "--output"},
                                      {folder / "new.h5.parts" / "p.h5", OutputKind::panel, "--panel"}}),
              HasSubstr("which goes when the run ends"));
}

TEST(OutputPlace, NamesAndPathsThatAreTooLong) {
  const Folder folder;
  EXPECT_EQ(refusal(folder / (std::string(220, 'x') + ".h5")), "");
  EXPECT_THAT(refusal(folder / (std::string(243, 'x') + ".h5")), HasSubstr("the name is too long: it has 246 bytes"));
  EXPECT_THAT(refusal(folder / std::string(300, 'x') / "study.h5"), HasSubstr("too long"));
  fs::path deep = folder.path();
  for (int i = 0; i < 40; ++i) deep /= std::string(100, 'd');
  EXPECT_NE(refusal(deep / "study.h5"), "");
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(OutputPlace, FoldersThatHoldNoFile) {
  const Folder folder;
  write_bytes(folder / "file", "");
  fs::create_symlink(folder / "nowhere", folder / "link");
  EXPECT_THAT(refusal(folder / "file" / "study.h5"), HasSubstr("Not a directory"));
  EXPECT_THAT(refusal(folder / "link" / "study.h5"), HasSubstr("symbolic link to nothing"));
  EXPECT_THAT(refusal("/proc/self/mem/study.h5"), HasSubstr("Not a directory"));
  if (::geteuid() != 0) {
    fs::create_directory(folder / "locked");
    fs::permissions(folder / "locked", fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_THAT(refusal(folder / "locked" / "study.h5"), HasSubstr("cannot be written"));
  }
}

TEST(OutputPlace, WhatARunPutsBesideItsStudy) {
  const Folder folder;
  write_bytes(folder / "a.h5.run.json", "{}");
  EXPECT_THAT(refusal(folder / "a.h5"), HasSubstr("is not the record of a run"));
  write_bytes(folder / "b.h5.run.json", "{\n  \"seconds_total\": 1.000,\n");
  EXPECT_EQ(refusal(folder / "b.h5"), "");
  fs::create_directory(folder / "c.h5.run.json");
  EXPECT_THAT(refusal(folder / "c.h5"), HasSubstr("is not the record of a run"));
  write_bytes(folder / "d.h5.parts", "");
  EXPECT_THAT(refusal(folder / "d.h5"), HasSubstr("is no folder of unfinished tasks"));
  fs::create_symlink(folder.path(), folder / "e.h5.parts");
  EXPECT_THAT(refusal(folder / "e.h5"), HasSubstr("is no folder of unfinished tasks"));
}

}  // namespace tuopin::test
