using System.CommandLine;
using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Reporting;
using FinsamOutcomes.Reporting.Reports;
using Spectre.Console;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam import KIND FILE</c>: reads a file into the register, all of it or nothing.</summary>
internal static class ImportVerb
{
    private const int Shown = 100;
    private const int ShownRows = 12;

    // So many warnings that say the same of different people, with their codes, are told one by one.
    private const int ShownAlike = 5;

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
        var header = NumberOption.HeaderRow("Raden som rubrikerna står på; det ovanför hoppas över. Utan valet: den första som inte är tom.");
        var sheet = new Option<string?>("--blad") { Description = "Bladet i arbetsboken. Annars det första som det står något på.", HelpName = "NAMN" };
        var encoding = new Option<string?>("--teckenkodning")
        {
            Description = "Filens teckenkodning, när den inte går att känna igen.",
            HelpName = string.Join('|', ImportOptions.Encodings.Select(e => e.Word)),
        };
        encoding.AcceptOnlyFromAmong([.. ImportOptions.Encodings.Select(e => e.Word)]);
        var dayNumbers = new Option<bool>("--dagnummer") { Description = "Läser kalkylprogrammens tal för dagar, som 45415, som datum." };
        var map = new Option<string?>("--karta")
        {
            Description = "Vad egna rubriker och ord står för (finsam karta visar hur). Annars det som förbundet har sparat.",
            HelpName = "FIL.csv",
        };
        var correct = new Option<bool>("--ratta")
        {
            Description = "Rättar det i registret som filen säger annorlunda. Visar före och efter, och frågar innan det sparas.",
        };
        var yes = new Option<bool>("--ja") { Description = "Sparar rättelserna utan att fråga." };
        var (db, forbund) = (CommandTarget.DbOption(), CommandTarget.ForbundOption());
        var command = new Command(format.Name, ImportHelp.Text(format))
        {
            file, dryRun, correct, yes, map, header, sheet, encoding, dayNumbers, report, db, forbund,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var target = await CommandTarget.OpenAsync(parsed.GetValue(db), parsed.GetValue(forbund), cancellationToken);
                var options = new ImportOptions
                {
                    HeaderRow = parsed.GetValue(header) is > 0 and var row ? row : null,
                    Sheet = parsed.GetValue(sheet),
                    Encoding = ImportOptions.Encodings.FirstOrDefault(e => e.Word == parsed.GetValue(encoding)).Encoding,
                    ReadDayNumbers = parsed.GetValue(dayNumbers),
                    Correct = parsed.GetValue(correct),
                    Map = parsed.GetValue(map) is { } mapPath
                        ? KartaVerb.Read(mapPath, format)
                        : await new ImportMapStore(target.Database).OfAsync(target.Forbund.Id, format, cancellationToken),
                };
                if (parsed.GetValue(map) is null && !options.Map.IsEmpty)
                    await Console.Error.WriteLineAsync("Förbundets sparade karta används.");
                var (path, isDryRun) = (parsed.GetValue(file)!, parsed.GetValue(dryRun));
                var result = await RunAsync(target, format, options, path, isDryRun, cancellationToken);
                var isYes = parsed.GetValue(yes);
                if (!isYes)
                    Print(result, format, showsChanges: true);
                if (result.AwaitsConfirmation && !isDryRun && (isYes || IsSaidYes(result)))
                {
                    result = await RunAsync(target, format, options with { Confirmed = result.ChangesDigest }, path, isDryRun: false, cancellationToken);
                    if (!isYes)
                        Print(result, format, showsChanges: !result.IsSaved);
                }

                // Without a question, what became of it is all there is to tell.
                if (isYes)
                    Print(result, format, showsChanges: true);

                if (parsed.GetValue(report) is { } reportPath)
                    WriteReport(result, reportPath);

                // What waits for a yes that nobody gave isn't saved.
                return result.IsValid && (isDryRun || !result.AwaitsConfirmation) ? CommandRun.Done : CommandRun.UserError;
            });
        return command;
    }

    private static bool IsSaidYes(ImportResult result)
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            Console.WriteLine("Lägg till --ja för att spara rättelserna utan fråga.");
            return false;
        }

        return AnsiConsole.Confirm($"Spara {Swedish.Counted(result.Changes.Count, "rättelse", "rättelser")}?", defaultValue: false);
    }

    private static async Task<ImportResult> RunAsync(
        CommandTarget target,
        ImportFormat format,
        ImportOptions options,
        string path,
        bool isDryRun,
        CancellationToken cancellationToken)
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

        Importer Importer(Action waiting) => new(target.Database, target.Forbund.Id, CommandTarget.Actor)
        {
            Waiting = waiting,
            Options = options,
            Measures = TargetMeasures.Importable,
        };
    }

    private static void Print(ImportResult result, ImportFormat format, bool showsChanges)
    {
        var text = new StringBuilder();
        // The same fault in the same field is told once, with its rows. A warning that says the same of many, each with its own words,
        // is told once too: the rest is in the report.
        var warnedOften = result.Problems.Kept.Where(p => p.Rule.IsWarning).GroupBy(p => (p.Rule, p.Column, p.WithoutValues))
            .Where(g => g.Select(p => p.Message).Distinct(StringComparer.Ordinal).Skip(ShownAlike).Any())
            .Select(g => g.Key)
            .ToHashSet();
        var faults = result.Problems.Kept
            .GroupBy(p => (p.Rule, p.Column, Message: warnedOften.Contains((p.Rule, p.Column, p.WithoutValues)) ? p.WithoutValues : p.Message))
            .ToList();
        foreach (var fault in faults.Take(Shown))
        {
            var (problem, lines) = (fault.First(), fault.Select(p => p.Line).Where(l => l > 0).ToList());
            var rows = lines.Count switch
            {
                0 => "",
                1 => $"rad {lines[0]}",
                _ => $"rad {string.Join(", ", lines.Take(ShownRows))}"
                    + (lines.Count > ShownRows ? $" och {Swedish.Counted(lines.Count - ShownRows, "rad", "rader")} till" : ""),
            };
            var place = string.Join(", ", new[] { rows, problem.Column.Length > 0 ? $"kolumn {problem.Column}" : "" }.Where(p => p.Length > 0));
            var kind = problem.Rule.IsWarning ? "varning" : "fel";
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{result.FileName}{(place.Length > 0 ? ", " + place : "")}: {kind} [{problem.Rule.Code}] {fault.Key.Message} {problem.Rule.Action}");
        }

        if (faults.Count > Shown)
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"… och {Swedish.Count(faults.Count - Shown)} slags fel till. Alla skrivs till en fil med --rapport FIL.csv.");
        if (showsChanges)
        {
            foreach (var change in result.Changes.Take(Shown))
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"rad {change.Line}, {change.Code}: {change.Column} {Said(change.Before)} → {Said(change.After)}");
            if (result.Changes.Count > Shown)
                text.AppendLine(CultureInfo.InvariantCulture, $"… och {Swedish.Counted(result.Changes.Count - Shown, "rättelse", "rättelser")} till.");
        }

        var total = result.Problems.Errors + result.Problems.Warnings;
        if (total > 1)
        {
            text.AppendLine("Antal efter regel:");
            foreach (var (rule, count) in result.Problems.CountsByRule.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal))
                text.AppendLine(CultureInfo.InvariantCulture, $"  {rule}: {Swedish.Count(count)}");
        }

        var way = result.Sheet is null ? $"{result.EncodingName}, skiljetecken {result.SeparatorName}" : result.ReadAs;
        var read = $"{Swedish.Counted(result.Rows, "rad läst", "rader lästa")} ({way})";
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
                $"{format.Name}: {read}; {(format.Kind == ImportKind.Sjalvskattning ? "svar: " : "")}nya {Swedish.Count(counts.Added)}, uppdaterade {Swedish.Count(counts.Updated)}, redan registrerade {Swedish.Count(counts.Unchanged)}, {(counts.Removed > 0 ? $"borttagna {Swedish.Count(counts.Removed)}, " : "")}varningar {Swedish.Count(result.Problems.Warnings)}."
            );
            if (result.Names + result.PersonalNumbers > 0)
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"Namn {Swedish.Count(result.Names)}, personnummer {Swedish.Count(result.PersonalNumbers)}, krypterade i databasen.");
            text.AppendLine(
                result.IsDryRun ? "Provkörning: ingenting har sparats."
                : result.IsSaved ? "Sparat."
                : result.AwaitsConfirmation ? $"{Swedish.Counted(result.Changes.Count, "uppgift", "uppgifter")} i registret skulle rättas. Ingenting har sparats."
                : result.Rows == 0 ? "Filen har inga rader. Ingenting har ändrats."
                : "Allt i filen var redan registrerat. Ingenting har ändrats.");
        }

        Console.Write(text);
    }

    private static string Said(string value) => value.Length == 0 ? "(tomt)" : value;

    private static void WriteReport(ImportResult result, string path)
    {
        using var output = OwnersFile.Create(OutputFile.Resolve(path));
        ImportReport.Write(result.Problems.Kept, output, result.FileName);
    }
}
