using System.CommandLine;
using System.Globalization;
using FinsamOutcomes.Data;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Reporting;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam statistik MÅTT</c>: computes one measure, exactly, for those who work with the numbers.</summary>
internal static class StatistikVerb
{
    private static readonly string[] s_formats = ["table", "csv", "json"];

    private static readonly Dictionary<string, PeriodKind> s_periods = Enum.GetValues<PeriodKind>()
        .Where(k => k != PeriodKind.None)
        .ToDictionary(k => k.ToString().ToLowerInvariant());

    private static readonly Dictionary<string, MeasureDimensions> s_dimensions = Enum.GetValues<MeasureDimensions>()
        .Where(d => d != MeasureDimensions.None)
        .ToDictionary(d => d.ToString().ToLowerInvariant());

    private static readonly string[] s_dateFormats = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];

    /// <summary>The words of the command line are English, as in the JSON; the help says what they mean.</summary>
    private static readonly Dictionary<string, string> s_meanings = new(StringComparer.Ordinal)
    {
        ["month"] = "månad",
        ["quarter"] = "kvartal",
        ["half"] = "halvår",
        ["year"] = "år",
        ["rolling12"] = "rullande tolv månader",
        ["gender"] = "kön",
        ["age"] = "ålder",
        ["education"] = "utbildning",
        ["referrer"] = "remittent",
    };

    public static Command Create()
    {
        var measure = new Argument<string?>("MÅTT") { Arity = ArgumentArity.ZeroOrOne, Description = "Måttets namn. Alla mått förklaras med --list." };
        var from = Text("--from", "Första dagen: ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD.", "DATUM");
        var to = Text(
            "--to",
            "Sista dagen, skriven på samma sätt; ett år slutar den 31 december. Utan --to: slutet av det år, den månad eller den dag som står i --from.",
            "DATUM");
        var per = Text("--per", $"Delperioder: {Explained(s_periods.Keys)}. Utan --per räknas hela tiden som en period.", "PERIOD");
        var by = Text("--by", $"Det som talen delas upp efter, med komma emellan: {Explained(s_dimensions.Keys)}.", "INDELNING");
        var definition = Text(
            "--definition",
            "Vad som räknas som positivt avslut; för måttet sjalvskattning vilket instrument. Definitionerna visas med --list.",
            "KOD");
        var denominator = Text("--denominator", $"Vad andelen räknas av: {string.Join(", ", MeasureCatalogue.Denominators)}.", "KOD");
        var insats = Text("--insats", "Bara denna insats, med sina delprojekt.", "NAMN");
        var format = Text(
            "--format",
            "table (tabell att läsa, förvalt), csv (semikolon och decimalkomma) eller json (alla tal oavrundade, även andelar av färre än tio).",
            "FORMAT");
        var file = Text("--out", "Fil att skriva till i stället för skärmen.", "FIL");
        var list = new Option<bool>("--list") { Description = "Förklarar varje mått: enhet, periodregel och definition." };
        var db = CommandTarget.DbOption();
        var forbund = CommandTarget.ForbundOption();
        var command = new Command(
            "statistik",
            "Räknar ett mått. Talen är exakta och bara för internt bruk: det som publiceras tas från rapporterna, där små antal skyddas.")
        {
            measure,
            from,
            to,
            per,
            by,
            definition,
            denominator,
            insats,
            format,
            file,
            list,
            db,
            forbund,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var chosenFormat = Chosen("Formatet", parsed.GetValue(format) ?? "table", s_formats.ToDictionary(f => f));
                try
                {
                    if (parsed.GetValue(list))
                        return await ListAsync(parsed.GetValue(measure), cancellationToken);
                    var info = MeasureCatalogue.Find(
                        parsed.GetValue(measure)
                            ?? throw new CommandException(
                                "Ange ett mått, till exempel: finsam statistik positiva-avslut --from 2024. Se alla med: finsam statistik --list"));
                    var start = parsed.GetValue(from) ?? throw new CommandException($"Ange perioden, till exempel: finsam statistik {info.Name} --from 2024");
                    var (first, _) = Dates("--from", start);
                    var (_, last) = Dates("--to", parsed.GetValue(to) ?? start);
                    var target = await CommandTarget.OpenAsync(parsed.GetValue(db), parsed.GetValue(forbund), cancellationToken);
                    var request = new MeasureRequest
                    {
                        Measure = info.Name,
                        ForbundId = target.Forbund.Id,
                        From = first,
                        To = last,
                        Per = parsed.GetValue(per) is { } kind ? Chosen("Delperioden", kind, s_periods) : PeriodKind.None,
                        By = Dimensions(parsed.GetValue(by)),
                        Definition = parsed.GetValue(definition),
                        Denominator = parsed.GetValue(denominator),
                        Insats = parsed.GetValue(insats),
                    };
                    await WriteAsync(target, info, request, chosenFormat, parsed.GetValue(file), cancellationToken);
                    return CommandRun.Done;
                }
                catch (MeasureRequestException e)
                {
                    throw new CommandException(e.Message);
                }
            });
        return command;
    }

    private static string Explained(IEnumerable<string> words) =>
        string.Join(", ", words.Select(w => s_meanings.TryGetValue(w, out var meaning) ? $"{w} ({meaning})" : w));

    private static Option<string?> Text(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    private static async Task WriteAsync(
        CommandTarget target,
        MeasureInfo info,
        MeasureRequest request,
        string format,
        string? file,
        CancellationToken cancellationToken)
    {
        await using var snapshot = await MeasureSnapshot.OpenAsync(target.Database, request.ForbundId, cancellationToken);
        var cells = await snapshot.ComputeAsync(request);
        var parts = new[]
        {
            request.Measure,
            $"{request.From:yyyy-MM-dd} – {request.To:yyyy-MM-dd}",
            request.Insats is { } insats ? $"insats {insats}" : null,
            request.By == MeasureDimensions.None ? null : $"delat efter {request.By.ToString().ToLowerInvariant()}",
        };
        await target.NoteAsync("Board.Compute", "board", string.Join(", ", parts.OfType<string>()), cancellationToken);
        var table = format == "table" ? await TableAsync(target, snapshot, info, request, cells, cancellationToken) : null;
        if (file is null && table is not null)
        {
            table.WriteTo(Console.Out, isTerminal: !Console.IsOutputRedirected);
            return;
        }

        if (file is null)
        {
            await using var screen = Console.OpenStandardOutput();
            Write(screen);
            return;
        }

        // Written beside and moved, so that the file is whole or not there.
        var whole = OutputFile.Resolve(file);
        var part = whole + ".del";
        await using (var stream = OwnersFile.Create(part))
            Write(stream);
        File.Move(part, whole, overwrite: true);
        await Console.Error.WriteLineAsync(
            $"{Swedish.Counted(cells.Count, "uppgift", "uppgifter")} skrevs till {file}. Internt underlag: exakta tal, även små.");

        void Write(Stream stream)
        {
            if (table is not null)
            {
                using var writer = new StreamWriter(stream, leaveOpen: true);
                table.WriteTo(writer, isTerminal: false);
            }
            else if (format == "json")
            {
                MeasureFiles.WriteJson(stream, cells, request.By);
            }
            else
            {
                MeasureFiles.WriteCsv(stream, cells, request.By);
            }
        }
    }

    private static async Task<StatistikTable> TableAsync(
        CommandTarget target,
        MeasureSnapshot snapshot,
        MeasureInfo info,
        MeasureRequest request,
        IReadOnlyList<MeasureCell> cells,
        CancellationToken cancellationToken)
    {
        var periods = request.Per == PeriodKind.None ? [] : await snapshot.PeriodsAsync(request.Per, request.From, request.To);
        var definition = !info.TakesPositiveDefinition
            ? null
            : (await new ForbundStore(target.Database).PositiveDefinitionsAsync(target.Forbund.Id, cancellationToken))
                .FirstOrDefault(d => d.Code == (request.Definition ?? MeasureCatalogue.DefaultDefinition))
                ?.Label;
        return new StatistikTable(
            target.Forbund.Name,
            info,
            request,
            definition,
            cells,
            snapshot.Labels,
            periods.ToDictionary(p => (p.PeriodFrom, p.PeriodTo), p => p.Label + (p.PeriodTo > target.Database.Today ? " (hittills)" : "")),
            target.Database.Today);
    }

    private static async Task<int> ListAsync(string? measure, CancellationToken cancellationToken)
    {
        var chosen = measure is null ? MeasureCatalogue.All : [MeasureCatalogue.Find(measure)];
        foreach (var info in chosen)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Console.Out.WriteLineAsync($"{info.Name} – {info.Title}");
            await Console.Out.WriteLineAsync($"  Enhet:      {info.UnitText}");
            await Console.Out.WriteLineAsync($"  Period:     {info.PeriodRule}");
            await Console.Out.WriteLineAsync($"  Definition: {info.Definition}");
            await Console.Out.WriteLineAsync($"  Uppgifter:  {string.Join(", ", info.Statistics.Select(s => $"{s.Name} ({s.Label})"))}");
            await Console.Out.WriteLineAsync(
                $"  Delas efter: {string.Join(", ", s_dimensions.Where(d => info.Dimensions.HasFlag(d.Value)).Select(d => d.Key))}");
            if (info.TakesPositiveDefinition)
                await Console.Out.WriteLineAsync(
                    $"  --definition: {string.Join(", ", ForbundStore.ShippedDefinitions.Select(d => $"{d.Code} ({d.Label})"))}; förvalt {MeasureCatalogue.DefaultDefinition}"
                );
            if (info.TakesDenominator)
                await Console.Out.WriteLineAsync(
                    $"  --denominator: {string.Join(", ", MeasureCatalogue.Denominators)}; förvalt {MeasureCatalogue.Denominators[0]}");
            await Console.Out.WriteLineAsync();
        }

        return CommandRun.Done;
    }

    private static MeasureDimensions Dimensions(string? text) =>
        (text ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Aggregate(MeasureDimensions.None, (all, word) => all | Chosen("Indelningen", word, s_dimensions));

    private static T Chosen<T>(string what, string written, Dictionary<string, T> choices) =>
        choices.TryGetValue(written.ToLowerInvariant(), out var value)
            ? value
            : throw new CommandException(
                $"{what} ”{written}” finns inte.{Nearest.Suggestion(written, choices.Keys)} Välj bland: {string.Join(", ", choices.Keys)}.");

    /// <summary>The first and the last day of what was written.</summary>
    private static (DateOnly First, DateOnly Last) Dates(string option, string written)
    {
        if (!DateOnly.TryParseExact(written, s_dateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first))
            throw new CommandException($"{option} ”{written}” är inget datum. Skriv till exempel 2024, 2024-05 eller 2024-05-31.");
        if (first.Year is < 1990 or > 2059)
            throw new CommandException($"{option} ”{written}” ligger utanför kalendern. Ange ett datum mellan 1990 och 2059.");
        return (
            first,
            written.Length switch
            {
                4 => first.AddYears(1).AddDays(-1),
                7 => first.AddMonths(1).AddDays(-1),
                _ => first,
            });
    }
}
