using System.CommandLine;
using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Reporting;
using Spectre.Console;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam import KIND FILE</c>: reads a file into the register, all of it or nothing.</summary>
internal static class ImportVerb
{
    private const int Shown = 100;
    private const string Waiting = "En annan inläsning pågår i förbundet. Väntar tills den är klar";

    public static Command Create()
    {
        var command = new Command(
            "import",
            $"Läser in en fil i registret: allt eller ingenting. Läs in i den här ordningen: {string.Join(", ", ImportFormat.All.Select(f => f.Name))}.");
        foreach (var format in ImportFormat.All)
            command.Add(CreateKind(format));
        return command;
    }

    private static Command CreateKind(ImportFormat format)
    {
        var file = new Argument<string>("FIL") { Description = ImportFormat.Tolerance };
        var dryRun = new Option<bool>("--dry-run") { Description = "Kontrollerar filen och visar vad som skulle hända, men sparar ingenting." };
        var report = new Option<string?>("--rapport") { Description = "Skriver alla fel och varningar till en CSV-fil.", HelpName = "FIL.csv" };
        var (db, forbund) = (CommandTarget.DbOption(), CommandTarget.ForbundOption());
        var command = new Command(format.Name, ImportHelp.Text(format)) { file, dryRun, report, db, forbund };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var target = await CommandTarget.OpenAsync(parsed.GetValue(db), parsed.GetValue(forbund), cancellationToken);
                var result = await RunAsync(target, format, parsed.GetValue(file)!, parsed.GetValue(dryRun), cancellationToken);
                if (parsed.GetValue(report) is { } path)
                    WriteReport(result, path);
                Print(result, format);
                return result.IsValid ? CommandRun.Done : CommandRun.UserError;
            });
        return command;
    }

    private static async Task<ImportResult> RunAsync(CommandTarget target, ImportFormat format, string path, bool isDryRun, CancellationToken cancellationToken)
    {
        if (Console.IsOutputRedirected)
            return await Importer(() => Console.Error.WriteLine($"{Waiting}.")).ImportAsync(format.Kind, path, isDryRun, cancellationToken: cancellationToken);
        return await AnsiConsole
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async context =>
            {
                var reading = $"Läser {format.Name}";
                var task = context.AddTask(reading, maxValue: 1);
                return await Importer(() => task.Description = Waiting).ImportAsync(format.Kind, path, isDryRun, Show, cancellationToken);

                void Show(double done)
                {
                    task.Description = reading;
                    task.Value = done;
                }
            });

        Importer Importer(Action waiting) => new(target.Database, target.Forbund.Id, CommandTarget.Actor) { Waiting = waiting };
    }

    private static void Print(ImportResult result, ImportFormat format)
    {
        var text = new StringBuilder();
        foreach (var problem in result.Problems.Kept.Take(Shown))
        {
            var place = string.Join(
                ", ",
                new[] { problem.Line > 0 ? $"rad {problem.Line}" : "", problem.Column.Length > 0 ? $"kolumn {problem.Column}" : "" }.Where(p => p.Length > 0));
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{result.FileName}{(place.Length > 0 ? ", " + place : "")}: {(problem.Rule.IsWarning ? "varning" : "fel")} [{problem.Rule.Code}] {problem.Message} {problem.Rule.Action}"
            );
        }

        var total = result.Problems.Errors + result.Problems.Warnings;
        if (total > Shown)
            text.AppendLine(CultureInfo.InvariantCulture, $"… och {Swedish.Count(total - Shown)} till. Alla skrivs till en fil med --rapport FIL.csv.");
        if (total > 1)
        {
            text.AppendLine("Antal efter regel:");
            foreach (var (rule, count) in result.Problems.CountsByRule.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal))
                text.AppendLine(CultureInfo.InvariantCulture, $"  {rule}: {Swedish.Count(count)}");
        }

        var read = $"{Swedish.Counted(result.Rows, "rad läst", "rader lästa")} ({result.EncodingName}, skiljetecken {result.SeparatorName})";
        if (!result.IsValid)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{Swedish.Count(result.Problems.Errors)} fel och {Swedish.Counted(result.Problems.Warnings, "varning", "varningar")}; {read}. Ingenting har sparats."
            );
        }
        else
        {
            var counts = result.Counts;
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{format.Name}: {read}; nya {Swedish.Count(counts.Added)}, uppdaterade {Swedish.Count(counts.Updated)}, redan registrerade {Swedish.Count(counts.Unchanged)}, varningar {Swedish.Count(result.Problems.Warnings)}."
            );
            text.AppendLine(
                result.IsDryRun ? "Provkörning: ingenting har sparats."
                : result.IsSaved ? "Sparat."
                : "Allt i filen var redan registrerat. Ingenting har ändrats.");
        }

        Console.Write(text);
    }

    private static void WriteReport(ImportResult result, string path)
    {
        using var output = OwnersFile.Create(OutputFile.Resolve(path));
        ImportReport.Write(result.Problems.Kept, output, result.FileName, withValues: true);
    }
}
