using System.Globalization;
using BenchmarkDotNet.Running;
using FinsamOutcomes.Benchmarks.Cases;
using FinsamOutcomes.Benchmarks.Invented;
using FinsamOutcomes.Benchmarks.Measuring;
using FinsamOutcomes.Benchmarks.Timings;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// In-process timings have arguments of their own: those of BenchmarkDotNet.
if (args is ["timings", .. var rest])
    return BenchmarkSwitcher.FromTypes([typeof(StatisticsTimings)]).Run(rest).Any() ? 0 : 1;

string[] names = ["import", "annual", "export", "views", "duckdb", "board", "report", "figure", "figures", "pictures", "start", "web", "load", "imports", "drill"];
string? finsam = null;
int? rows = null;
var runs = 5;
var chosen = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "all":
            chosen.AddRange(names);
            break;
        case "--rows" when i + 1 < args.Length && int.TryParse(args[i + 1], out var number) && number > 0:
            (rows, i) = (number, i + 1);
            break;
        case "--runs" when i + 1 < args.Length && int.TryParse(args[i + 1], out var number) && number > 0:
            (runs, i) = (number, i + 1);
            break;
        case "--finsam" when i + 1 < args.Length:
            (finsam, i) = (Path.GetFullPath(args[i + 1]), i + 1);
            break;
        case var name when names.Contains(name):
            chosen.Add(name);
            break;
        default:
            return Usage($"Unknown: {args[i]}");
    }
}

if (chosen.Count == 0)
    return Usage("What is to be measured?");
if (chosen.Exists(name => name is not ("figures" or "pictures" or "web" or "load" or "imports" or "duckdb" or "drill")) && !MeasuredProcess.CanMeasure)
    return Usage("GNU time is needed at /usr/bin/time: apt-get install time sqlite3 librsvg2-bin");

using var bench = new Bench(finsam, rows, runs);
string? large = null;
var isFailed = false;
foreach (var name in chosen.Distinct())
{
    Console.Error.WriteLine(name);
    var result = name switch
    {
        "import" => ImportCase.Run(bench),
        "annual" => AnnualCase.Run(bench),
        "export" => await ExportCase.RunAsync(bench, await LargeAsync()),
        "views" => await MeasureCase.RunAsync(bench, await LargeAsync()),
        "duckdb" => await DuckCase.RunAsync(bench, await LargeAsync()),
        "board" => await StatisticsCase.RunAsync(bench, await LargeAsync()),
        "report" => MeasureCase.RunReport(bench, await LargeAsync()),
        "figure" => FigureCase.Run(bench),
        "figures" => FiguresCase.Run(bench),
        "pictures" => await PicturesCase.RunAsync(bench),
        "web" => await WebCase.RunAsync(bench),
        "load" => await LoadCase.RunAsync(bench),
        "imports" => await ImportsCase.RunAsync(bench),
        "drill" => await DrillCase.RunAsync(bench),
        _ => StartCase.Run(bench),
    };

    // At once, so that an hour's measuring isn't lost with the last case.
    if (result.Comparisons.Count > 0)
        Console.WriteLine(ResultTable.Markdown(result.Comparisons));
    foreach (var note in result.Notes)
        Console.WriteLine(note);
    isFailed |= result.IsFailed;
}

return isFailed ? 1 : 0;

async Task<string> LargeAsync()
{
    if (large is null)
    {
        Console.Error.WriteLine("  filling the database …");
        large = bench.PathOf("stor.sqlite");
        await InventedDatabase.FillAsync("sqlite:" + large, rows ?? 1_000_000);
    }

    return large;
}

int Usage(string message)
{
    Console.Error.WriteLine(message);
    Console.Error.WriteLine($"dotnet run -c Release --project tests/FinsamOutcomes.Benchmarks -- {string.Join('|', names)}|all … [--rows N] [--runs N] [--finsam PROGRAM]");
    Console.Error.WriteLine("dotnet run -c Release --project tests/FinsamOutcomes.Benchmarks -- timings --filter '*'");
    return 1;
}
