// What a program outside the project writes: Miller and Blair's two sectors, solved.
#include <cstdio>

#include <stave/linalg/leontief.hpp>

int main() {
  // A = [.15 .25; .2 .05]; L = [1.2541 .3300; .2640 1.1221]; L (600, 1500) = (1247.5, 1841.6)
  const stave::FlowMatrix flows(stave::Matrix::of({{150, 500}, {200, 100}}));
  stave::LeontiefSystem system(flows, std::vector<double>{1000, 2000});
  const auto output = system.requirements(stave::Matrix::of({{600}, {1500}}).view()).values;
  std::printf("%.1f %.1f\n", output(0, 0), output(1, 0));
}
