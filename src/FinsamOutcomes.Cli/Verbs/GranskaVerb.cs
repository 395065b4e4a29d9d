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
        var words = new AttackWords(result);
        Console.WriteLine($"Granskat: {Swedish.Counted(result.FilesRead.Count, "fil", "filer")}."
            + (result.FilesNotRead.Count == 0 ? "" : $" Inte lästa: {string.Join(", ", Endings(result.FilesNotRead))}."));
        Console.WriteLine(words.Answer);
        foreach (var reservation in words.Reservations)
            Console.WriteLine(reservation);
        List("Går att räkna ut:", words.Exact, all);
        List("Har bara två möjliga värden:", words.Narrow, all);
        List("Döljs på ett ställe men står på ett annat:", words.Told, all);
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

    private static void List(string heading, IReadOnlyList<AttackedNumber> numbers, bool all)
    {
        if (numbers.Count == 0)
            return;
        Console.WriteLine();
        Console.WriteLine(heading);
        foreach (var number in all ? numbers : numbers.Take(ShownAtMost))
            Console.WriteLine($"  {AttackWords.Place(number)}: {AttackWords.Value(number)}");
        if (!all && numbers.Count > ShownAtMost)
            Console.WriteLine($"  … och {Swedish.Count(numbers.Count - ShownAtMost)} till (visa dem med --alla).");
    }
}
