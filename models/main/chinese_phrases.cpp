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
    {"takes no value", "不带值"},
};

constexpr Phrase of_files[] = {
    {"no such file", "没有这个文件"},
};

constexpr Phrase of_models[] = {
    {"is a programme, expected a scenario", "是项目文件，应为方案文件"},
};

}  // namespace

std::span<const Phrase> phrases_of_commands() { return of_commands; }
std::span<const Phrase> phrases_of_files() { return of_files; }
std::span<const Phrase> phrases_of_models() { return of_models; }

}  // namespace tuopin
