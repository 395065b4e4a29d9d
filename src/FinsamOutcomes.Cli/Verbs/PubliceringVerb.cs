using System.CommandLine;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Reporting;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam publicering NR</c>: a kept publication, its files made again, or what has changed in the register since.</summary>
internal static class PubliceringVerb
{
    public static Command Create()
    {
        var number = new Argument<int>("NR") { Description = "Publiceringens nummer, som finsam publiceringar visar." };
        var folder = new Option<string?>("--out") { Description = "Gör publiceringens filer igen i den här mappen, som de var.", HelpName = "MAPP" };
        var compare = new Option<bool>("--jamfor") { Description = "Jämför med registret i dag: vilka tal som har ändrats sedan dess." };
        var db = CommandTarget.DbOption();
        var forbund = CommandTarget.ForbundOption();
        var command = new Command("publicering", "Visar en sparad publicering, gör dess filer igen eller jämför den med registret i dag.")
        {
            number,
            folder,
            compare,
            db,
            forbund,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var target = await CommandTarget.OpenAsync(parsed.GetValue(db), parsed.GetValue(forbund), cancellationToken);
            var store = new PublicationStore(target.Database);
            var row = await store.FindAsync(target.Forbund.Id, parsed.GetValue(number), cancellationToken)
                ?? throw new CommandException($"Publicering {parsed.GetValue(number)} finns inte. Se vilka som finns med: finsam publiceringar");
            var kept = await OpenAsync(target, row, cancellationToken);
            await store.NoteOpenedAsync(row, CommandTarget.Actor, parsed.GetValue(compare) ? "jämförd med registret" : "öppnad", isFile: parsed.GetValue(folder) is not null, cancellationToken);
            await target.ChainAsync();
            Console.WriteLine(PubliceringarVerb.Line(row, target.Database.Clock.LocalTimeZone));
            Console.WriteLine($"Läst ur registret {TimeZoneInfo.ConvertTimeFromUtc(row.ReadAt, target.Database.Clock.LocalTimeZone):yyyy-MM-dd HH:mm}. {kept.Document.PolicyText}");
            if (row.PolicyReason is { } reason)
                Console.WriteLine($"Skäl: {reason}");
            if (parsed.GetValue(folder) is { } to)
            {
                RapportVerb.RequireFigures();
                foreach (var file in ReportFiles.Write(kept.Document, kept.FileName, to).Files)
                    Console.WriteLine(file);
            }

            if (parsed.GetValue(compare))
                await CompareAsync(target, kept, cancellationToken);
            return CommandRun.Done;
        });
        return command;
    }

    private static async Task<KeptPublication> OpenAsync(CommandTarget target, PublicationRow row, CancellationToken cancellationToken)
    {
        try
        {
            return await KeptPublication.OpenAsync(target.Database, row, cancellationToken);
        }
        catch (PublicationChangedException e)
        {
            throw new CommandException(e.Message);
        }
    }

    private static async Task CompareAsync(CommandTarget target, KeptPublication kept, CancellationToken cancellationToken)
    {
        var comparison = await PublicationComparison.OfAsync(target.Database, kept, cancellationToken);
        var words = await NumberWords.OfAsync(target.Database, target.Forbund.Id, cancellationToken);
        if (comparison.Differences.Count == 0)
        {
            Console.WriteLine($"Alla {Swedish.Count(comparison.Compared)} tal är desamma i registret i dag.");
            return;
        }

        var differences = new DifferenceWords(comparison, words);
        Console.WriteLine($"I registret i dag: {differences.Sentence}");
        foreach (var difference in differences.Seen)
        {
            var told = difference.Then.Told;
            Console.WriteLine($"- {words.Measure(told)}, {words.Of(told)}: {NumberWords.Value(difference.Then)} → {DifferenceWords.Now(difference)}");
        }
    }
}
