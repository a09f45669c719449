// What read_study refuses, and whether a user can mend it from the message alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <unistd.h>

#include "engine/base/errors.hpp"
#include "tests/engine/study/study_sample.hpp"

namespace tuopin::test {

using testing::AllOf;
using testing::HasSubstr;

namespace {

std::string refusal(const std::filesystem::path& path) {
  return message_of<DataError>([&] { read_study(path); });
}

/// Changes an attribute of the root: deleted, or another whole number.
void set_version(const std::filesystem::path& path, const std::int64_t* version) {
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  ASSERT_GE(H5Adelete(file, "format_version"), 0);
  if (version != nullptr) {
    const hid_t space = H5Screate(H5S_SCALAR);
    const hid_t attribute = H5Acreate2(file, "format_version", H5T_STD_I64LE, space, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(attribute, H5T_NATIVE_INT64, version);
    H5Aclose(attribute);
    H5Sclose(space);
  }
  H5Fclose(file);
}

}  // namespace

TEST(StudyRefusal, MissingFolderEmptyAndForeignFiles) {
  const Folder folder;
  EXPECT_THAT(refusal(folder / "none.h5"), AllOf(HasSubstr("none.h5"), HasSubstr("No such file")));
  EXPECT_THAT(refusal(folder.path()), HasSubstr("is a folder"));
  write_bytes(folder / "empty.h5", "");
  EXPECT_THAT(refusal(folder / "empty.h5"), HasSubstr("is empty"));
  write_bytes(folder / "text.h5", "title = \"a scenario, not a study\"\n");
  EXPECT_THAT(refusal(folder / "text.h5"), HasSubstr("is not an HDF5 file"));
}

TEST(StudyRefusal, AFileCutOffAnywhere) {
  const Folder folder;
  write_study(folder / "whole.h5", sample_study(2'000));
  const std::string whole = bytes_of(folder / "whole.h5");
  for (const double part : {0.001, 0.01, 0.1, 0.5, 0.9, 0.999}) {
    write_bytes(folder / "cut.h5", whole.substr(0, static_cast<std::size_t>(part * static_cast<double>(whole.size()))));
    EXPECT_THAT(refusal(folder / "cut.h5"), HasSubstr("cut.h5")) << part;
  }
  write_bytes(folder / "cut.h5", whole.substr(0, whole.size() - 1));
  EXPECT_THAT(refusal(folder / "cut.h5"), AllOf(HasSubstr("cut off"), HasSubstr("copy it again")));
}

TEST(StudyRefusal, AnotherVersionIsNamedBesideOurs) {
  const Folder folder;
  write_study(folder / "study.h5", sample_study());
  const std::int64_t earlier = 1, later = 3;
  set_version(folder / "study.h5", &earlier);
  EXPECT_THAT(refusal(folder / "study.h5"), AllOf(HasSubstr("format version 1, of an earlier tuopin"),
                                                  HasSubstr("reads version 2"), HasSubstr("run its scenarios again")));
  set_version(folder / "study.h5", &later);
  EXPECT_THAT(refusal(folder / "study.h5"),
              AllOf(HasSubstr("format version 3, of a later tuopin"), HasSubstr("reads version 2"),
                    HasSubstr("version of tuopin that wrote it")));
  set_version(folder / "study.h5", nullptr);
  EXPECT_THAT(refusal(folder / "study.h5"),
              AllOf(HasSubstr("no attribute \"format_version\""), HasSubstr("version 2")));
}

TEST(StudyRefusal, AnotherProgramsFileAndOurOwnTables) {
  const Folder folder;
  H5Fclose(H5Fcreate((folder / "other.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
  EXPECT_THAT(refusal(folder / "other.h5"), HasSubstr("another program"));
  write_tables(folder / "tables.h5", {});
  EXPECT_THAT(refusal(folder / "tables.h5"),
              AllOf(HasSubstr("a panel or a population"), HasSubstr("expected a study")));
}

TEST(StudyRefusal, AVariableOfAKindThatNoStudyHolds) {
  const Folder folder;
  write_study(folder / "study.h5", sample_study());
  const hid_t file = H5Fopen((folder / "study.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t space = H5Screate(H5S_SCALAR);
  H5Dclose(H5Dcreate2(file, "foreign", H5T_STD_I16LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  H5Sclose(space);
  H5Fclose(file);
  EXPECT_THAT(refusal(folder / "study.h5"), AllOf(HasSubstr("foreign"), HasSubstr("i16")));
}

TEST(StudyRefusal, LeavesNothingOpen) {
  const Folder folder;
  write_study(folder / "study.h5", sample_study());
  read_study(folder / "study.h5");
  refusal(folder / "none.h5");
  EXPECT_EQ(H5Fget_obj_count(static_cast<hid_t>(H5F_OBJ_ALL), H5F_OBJ_ALL), 0);
}

}  // namespace tuopin::test
