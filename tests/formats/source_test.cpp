#include "stave/formats/source.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/error_text.hpp"
#include "formats/packed.hpp"
#include "formats/written_file.hpp"

namespace stave {
namespace {

const std::string text_table = "row,中国\nx,1\n";

std::string error_of(const std::string& name, const std::string& bytes,
                     const UnpackLimit& limits = {}) {
  return error_text([&] { static_cast<void>(Source::of(name, bytes, limits)); });
}

TEST(Source, ReadsPlainAndCompressedFilesTheSame) {
  for (const auto& [name, bytes] : Members{{"t.csv", text_table},
                                           {"t.csv.gz", gzip_of(text_table)},
                                           {"t.csv.xz", xz_of(text_table)},
                                           {"t.zip", zip_of({{"t.csv", text_table}})}}) {
    const WrittenFile file(name, bytes);
    EXPECT_EQ(Source::open(file.path()).text(), text_table) << name;
  }
}

TEST(Source, ReadsSeveralCompressedStreamsInOneFile) {
  EXPECT_EQ(Source::of("t.gz", gzip_of("a") + gzip_of("b")).text(), "ab");
  EXPECT_EQ(Source::of("t.xz", xz_of("a") + xz_of("b")).text(), "ab");
}

TEST(Source, ReadsAMemberOfAnArchiveAndNamesItSo) {
  const WrittenFile file("x.zip", zip_of({{"a/Z.txt", text_table}, {"b.csv.gz", gzip_of("y")}}));
  const auto z = Source::open(file.path(), "a/Z.txt");
  EXPECT_EQ(z.text(), text_table);
  EXPECT_THAT(z.name(), testing::EndsWith("x.zip:a/Z.txt"));
  EXPECT_EQ(Source::open(file.path(), "b.csv.gz").text(), "y");
}

TEST(Source, SaysWhichMembersThereAre) {
  const WrittenFile file("x.zip", zip_of({{"Y.txt", "1"}, {"Z.txt", "2"}}));
  const auto folder = file.folder().string() + "/";
  EXPECT_EQ(error_text([&] { static_cast<void>(Source::open(file.path())); }, folder),
            "bad_input: x.zip: holds 2 files | Say which: Y.txt, Z.txt");
  EXPECT_THAT(
      error_text([&] { static_cast<void>(Source::open(file.path(), "z.txt")); }, folder),
      testing::AllOf(testing::StartsWith("not_found: x.zip: no member 'z.txt' | Did you mean"),
                     testing::HasSubstr("'Z.txt'")));
}

TEST(Source, NamesNearFilesWhenThereIsNone) {
  const WrittenFile file("wiot2011.csv", text_table);
  EXPECT_EQ(error_text([&] { static_cast<void>(Source::open(file.folder() / "wiot2012.csv")); },
                       file.folder().string() + "/"),
            "not_found: wiot2012.csv: no such file | Did you mean 'wiot2011.csv'?");
  EXPECT_EQ(
      error_text([&] { static_cast<void>(Source::open(file.folder())); }, file.folder().string()),
      "bad_input: : is a folder, not a file | ");
}

TEST(Source, ReadsUtf8WithAByteOrderMarkUtf16AndGb18030) {
  EXPECT_EQ(Source::of("t.csv", "\xef\xbb\xbf" + text_table).text(), text_table);
  EXPECT_EQ(Source::of("t.csv", std::string("\xff\xfe-N\xfdV,\0a\0", 10)).text(), "中国,a");
  EXPECT_EQ(Source::of("t.csv", std::string("\xfe\xffN-V\xfd", 6)).text(), "中国");
  EXPECT_EQ(Source::of("t.csv", "\xd6\xd0\xb9\xfa,1\n").text(), "中国,1\n");
}

TEST(Source, RefusesWhatIsInNoEncodingItKnows) {
  EXPECT_EQ(error_of("t.csv", "a,b\nC\xf4te d'Ivoire,1\n"),
            "bad_input: t.csv:2: byte 0xf4 at offset 5 is neither UTF-8 nor GB 18030 | "
            "Save the file as UTF-8.");
  EXPECT_EQ(error_of("t.csv", std::string("a,b\n\0\0", 6)),
            "bad_input: t.csv:2: a zero byte at offset 4: this is not text | "
            "A text table is expected here.");
  EXPECT_EQ(error_of("t.csv", "\xff\xfe-"),
            "bad_input: t.csv: is not valid UTF-16 | "
            "An unfinished download? Or save the file as UTF-8.");
  // An overlong form, a surrogate and a code point beyond the last.
  for (const char* bytes : {"\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80"})
    EXPECT_THAT(error_of("t.csv", bytes), testing::HasSubstr("neither UTF-8 nor GB 18030"));
}

TEST(Source, SaysWhenADownloadIsUnfinished) {
  const std::string text(100'000, 'x');
  const auto cut = [](const std::string& bytes) { return bytes.substr(0, bytes.size() - 9); };
  const std::string hint = " | An unfinished download? Fetch the file again.";
  EXPECT_EQ(error_of("t.csv.gz", cut(gzip_of(text))),
            "bad_input: t.csv.gz: the gzip data is cut short" + hint);
  EXPECT_EQ(error_of("t.csv.xz", cut(xz_of(text))),
            "bad_input: t.csv.xz: the xz data is cut short" + hint);
  EXPECT_EQ(error_of("t.zip", cut(zip_of({{"t.csv", text}}))),
            "bad_input: t.zip: the zip data is cut short" + hint);
  EXPECT_EQ(error_of("t.csv.gz", "<html>not found</html>"),
            "bad_input: t.csv.gz: is not a gz file | "
            "An unfinished download, or an error page saved in its place?");
  EXPECT_THAT(error_of("t.csv.gz", ""), testing::HasSubstr("is not a gz file"));
}

TEST(Source, FindsDamage) {
  auto gz = gzip_of(text_table);
  gz[gz.size() - 6] ^= 1;  // the checksum
  EXPECT_EQ(error_of("t.gz", gz),
            "bad_input: t.gz: the gzip data is damaged: incorrect data check | "
            "Fetch the file again.");
  auto xz = xz_of(text_table);
  xz[30] ^= 1;
  EXPECT_THAT(error_of("t.xz", xz), testing::HasSubstr("the xz data is damaged"));
  auto zip = zip_of({{"t.csv", text_table}});
  zip[zip.find("row")] ^= 1;
  EXPECT_THAT(error_of("t.zip", zip), testing::HasSubstr("t.zip:t.csv: the zip data is damaged"));
}

TEST(Source, StopsAZipBombBeforeItTakesTheMemory) {
  const std::string zeros(70 << 20, '0');
  for (const auto& [name, bytes] : Members{
           {"b.gz", gzip_of(zeros)}, {"b.xz", xz_of(zeros)}, {"b.zip", zip_of({{"b", zeros}})}}) {
    EXPECT_THAT(error_of(name, bytes, {1ULL << 30, 500, 1 << 20}),
                testing::AllOf(testing::HasSubstr("too_large"), testing::HasSubstr("zip bomb")));
    EXPECT_THAT(error_of(name, bytes, {1 << 20, 1e9, 1 << 20}),
                testing::HasSubstr("unpacks to more than 1048576 bytes"));
  }
}

TEST(Folder, ShowsAFolderAndAnArchiveTheSame) {
  const WrittenFile file("Z.txt", text_table);
  std::filesystem::create_directories(file.folder() / "satellite");
  std::filesystem::copy_file(file.path(), file.folder() / "satellite" / "F.txt");
  const WrittenFile archive("x.zip",
                            zip_of({{"satellite/F.txt", text_table}, {"Z.txt", text_table}}));
  for (const Folder& folder : {Folder(file.folder()), Folder(archive.path())}) {
    EXPECT_THAT(folder.names(), testing::ElementsAre("Z.txt", "satellite/F.txt"));
    EXPECT_EQ(folder.text("satellite/F.txt").text(), text_table);
    EXPECT_THAT(error_text([&] { static_cast<void>(folder.text("satelite/F.txt")); }),
                testing::HasSubstr("Did you mean 'satellite/F.txt'"));
  }
}

}  // namespace
}  // namespace stave
