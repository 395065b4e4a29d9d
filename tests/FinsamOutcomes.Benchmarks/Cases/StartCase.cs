using FinsamOutcomes.Benchmarks.Measuring;

namespace FinsamOutcomes.Benchmarks.Cases;

/// <summary><c>finsam --version</c> beside a console program that does nothing, made by the same SDK.</summary>
internal static class StartCase
{
    private const int RunsForEach = 3;

    public static CaseResult Run(Bench bench)
    {
        var folder = Directory.CreateDirectory(bench.PathOf("tomt")).FullName;
        File.WriteAllText(Path.Combine(folder, "tomt.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "System.Console.WriteLine(\"0.1.0\");");
        var empty = new MeasuredProcess(bench.Publish(folder, "tomt"));
        return new CaseResult([
            Comparison.Run("`finsam --version`", bench.Run("--version").Run, "an empty console program", empty.Run, bench.Runs * RunsForEach),
        ]);
    }
}
