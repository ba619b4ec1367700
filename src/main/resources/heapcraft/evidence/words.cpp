// A command-line tool: counts the words of a file and prints the ten commonest. `words FILE`.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <string>
#include <unordered_map>
#include <vector>

int main(int argc, char **argv) {
    std::ifstream file(argc > 1 ? argv[1] : "words.txt");
    std::unordered_map<std::string, long> counts;
    std::string word;
    while (file >> word) {
        counts[word]++;
    }
    std::vector<std::pair<std::string, long>> sorted(counts.begin(), counts.end());
    std::sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    for (size_t i = 0; i < std::min<size_t>(10, sorted.size()); i++) {
        std::cout << sorted[i].second << ' ' << sorted[i].first << '\n';
    }
}
