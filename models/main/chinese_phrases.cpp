#include "models/main/chinese_phrases.hpp"

namespace tuopin {

namespace {

constexpr Phrase of_commands[] = {
    // hints that stand anywhere
    {"did you mean {}?", "是否指{}？"},
    {"see tuopin --help", "见 tuopin --help"},
    // the command line
    {"is empty, expected a whole number from {} to {}", "为空，应为{}至{}的整数"},
    {"is empty, expected a number from {} to {}", "为空，应为{}至{}的数"},
    {"is {}, expected a whole number from {} to {}, the number of draws", "为{}，应为{}至{}（抽样次数）的整数"},
    {"is {}, expected a whole number from {} to {}", "为{}，应为{}至{}的整数"},
    {"is {}, expected a number from {} to {}", "为{}，应为{}至{}的数"},
    {"is {}, expected one of {}", "为{}，应为{}之一"},
    {"is empty, expected a value", "为空，应有一个值"},
    {"is given {} times", "给了{}次，只能给一次"},
    {"is no option of this command", "不是此命令的选项"},
    {"not expected: {}", "多余的参数：{}"},
    {"a subcommand is required: {}", "缺少子命令：{}"},
    {"is required: the name of a file", "缺少：应给出文件名"},
    {"is required", "缺少此选项"},
    {"holds an empty name", "含有空名称"},
    {"holds {}, with the character {} that nobody sees", "含有{}，其中有看不见的字符{}"},
    {"holds {}, a name of {} bytes, at most {}", "含有{}，名称有{}字节，最多{}"},
    {"holds {}, a name without a letter", "含有{}，名称中没有字母"},
    {"holds a name that is not UTF-8: {}", "含有不是UTF-8的名称：{}"},
    {"names {} twice", "重复：{}"},
    {"exists and is no folder", "已存在，且不是文件夹"},
    {"is a folder that holds files already: nothing is written over them", "文件夹中已有文件，不会覆盖"},
    {"name a folder that does not exist yet, or an empty one", "请给出尚不存在的或空的文件夹"},
    {"name a folder that does not exist yet", "请给出尚不存在的文件夹"},
    {"takes no value", "不带值"},
};

constexpr Phrase of_files[] = {
    {"no such file", "没有这个文件"},
    {"{}: is to be filled in: {}, in {}", "{}：待填：{}，单位{}"},
    {"{}: is to be filled in: {}", "{}：待填：{}"},
};

constexpr Phrase of_models[] = {
    {"is a programme, expected a scenario", "是项目文件，应为方案文件"},
};

}  // namespace

std::span<const Phrase> phrases_of_commands() { return of_commands; }
std::span<const Phrase> phrases_of_files() { return of_files; }
std::span<const Phrase> phrases_of_models() { return of_models; }

}  // namespace tuopin
