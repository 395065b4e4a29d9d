using System.CommandLine;
using FinsamOutcomes.Reporting;
using FinsamOutcomes.Reporting.Publishing.Attack;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam granska PUBLIKATION…</c>: tries to work out the hidden numbers of what is about to be published.</summary>
internal static class GranskaVerb
{
    // Enough to see where it is; the rest with --alla.
    private const int ShownAtMost = 40;

    public static Command Create()
    {
        var files = new Argument<string[]>("PUBLIKATION")
        {
            Arity = ArgumentArity.OneOrMore,
            Description =
                "Filer som ska publiceras eller är publicerade: Word, Excel, HTML, SVG och CSV. En mapp betyder allt i den. Det som läsarna får se tillsammans ska granskas tillsammans, till exempel årets rapport och förra årets.",
        };
        var all = new Option<bool>("--alla") { Description = $"Skriver ut alla tal som går att räkna ut, inte bara de {ShownAtMost} första." };
        var command = new Command(
            "granska",
            "Försöker räkna ut de dolda talen i en publikation, med bara det som står i den. Avslutas med 0 när inget går att räkna ut och talen går ihop, annars med 1.")
        {
            files,
            all,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(files)!, parsed.GetValue(all), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] paths, bool all, CancellationToken cancellationToken)
    {
        foreach (var path in paths.Where(p => !File.Exists(p) && !Directory.Exists(p)))
            throw new CommandException($"Filen eller mappen {path} finns inte. Kontrollera sökvägen och stavningen.");
        AttackResult result;
        try
        {
            result = await PublicationAttack.OnAsync(paths, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw new CommandException($"En av filerna går inte att läsa. Öppna och spara den på nytt, eller gör den igen. ({e.Message})");
        }

        if (result.FilesRead.Count == 0)
            throw new CommandException("Det finns ingen fil att granska där. Ange Word-, Excel-, HTML-, SVG- eller CSV-filer, eller en mapp med sådana.");
        Write(result, all);
        return result.Exposed.Any() || result.Contradictions.Count > 0 ? CommandRun.UserError : CommandRun.Done;
    }

    private static void Write(AttackResult result, bool all)
    {
        Console.WriteLine($"Granskat: {Swedish.Counted(result.FilesRead.Count, "fil", "filer")}."
            + (result.FilesNotRead.Count == 0 ? "" : $" Inte lästa: {string.Join(", ", Endings(result.FilesNotRead))}."));
        var numbers = result.Numbers.Where(n => n.Kind != AttackedKind.Curve).ToList();
        var exact = result.Exact.ToList();
        var narrow = result.Exposed.Where(n => !n.IsExact).ToList();
        var doubtful = numbers.Count(n => n.IsDoubtful);
        Console.WriteLine(numbers.Count == 0
            ? "Inga tal är dolda."
            : $"{Swedish.Counted(numbers.Count, "tal är dolt", "tal är dolda")}, var och ett räknat en gång även om det döljs på flera ställen. "
                + (exact.Count + narrow.Count > 0
                    ? $"{Swedish.Count(exact.Count)} går att räkna ut exakt, och {Swedish.Count(narrow.Count)} till har bara två möjliga värden."
                    : doubtful > 0 || result.Unfinished > 0 ? "Inget som går att räkna ut hittades."
                    : "Inget av dem går att räkna ut ur det som står i filerna: varje dolt tal har minst tre möjliga värden."));
        if (doubtful > 0)
            Console.WriteLine($"{Swedish.Counted(doubtful, "dolt tal hör", "dolda tal hör")} ihop med tal som inte går ihop, och kan inte bedömas.");
        if (result.Unfinished > 0)
            Console.WriteLine($"{Swedish.Counted(result.Unfinished, "sökning", "sökningar")} hann inte bli klara: där kan mer gå att räkna ut än vad som står här.");
        List("Går att räkna ut:", exact, all);
        List("Har bara två möjliga värden:", narrow, all);
        List("Döljs på ett ställe men står på ett annat:", [.. numbers.Where(n => n is { IsPrinted: true, IsDoubtful: false })], all);
        if (result.Contradictions.Count == 0)
            return;
        Console.WriteLine();
        Console.WriteLine("Det här går inte ihop, så talen där är fel eller har missförståtts. Inget sägs om dolda tal som hör ihop med dem:");
        foreach (var contradiction in result.Contradictions)
            Console.WriteLine($"  {contradiction}");
    }

    private static IEnumerable<string> Endings(IEnumerable<string> files) =>
        files.GroupBy(f => Path.GetExtension(f) is { Length: > 0 } ending ? ending : f, StringComparer.OrdinalIgnoreCase)
            .Select(g => Swedish.Counted(g.Count(), $"fil {g.Key}", $"filer {g.Key}"));

    private static void List(string heading, List<AttackedNumber> numbers, bool all)
    {
        if (numbers.Count == 0)
            return;
        Console.WriteLine();
        Console.WriteLine(heading);
        foreach (var number in all ? numbers : numbers.Take(ShownAtMost))
            Console.WriteLine($"  {Place(number.Places[0])}: {Value(number)}");
        if (!all && numbers.Count > ShownAtMost)
            Console.WriteLine($"  … och {Swedish.Count(numbers.Count - ShownAtMost)} till (visa dem med --alla).");
    }

    private static string Place(HiddenPlace place) =>
        string.Join(", ", new[] { place.Table, place.Row, place.Column }.Where(t => t.Length > 0));

    private static string Value(AttackedNumber number)
    {
        var (lower, upper) = (Written(number.Lower), Written(number.Upper));
        return number.IsExact ? lower : lower == upper ? $"ungefär {lower}" : $"{lower} eller {upper}";

        string Written(double value) => number.Kind switch
        {
            AttackedKind.Share => Swedish.Percent(value),
            AttackedKind.Mean => Swedish.Number(value, 2),
            _ => Swedish.Count(value),
        };
    }
}
