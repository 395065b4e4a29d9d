using System.CommandLine;
using FinsamOutcomes.Reporting;
using FinsamOutcomes.Reporting.UppfoljningFinsam;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam export uppfoljning-finsam</c>: the figures for the national system, a file for each role there.</summary>
internal static class UppfoljningFinsamVerb
{
    public static Command Create()
    {
        var year = NumberOption.Year("Året, till exempel 2024.");
        var halfOption = NumberOption.Half("1 eller 2. Utan --halvar räknas hela året.");
        var folder = new Option<string>("--out")
        {
            Description = "Mapp för filerna.",
            Required = true,
            HelpName = "MAPP",
        };
        var byGender = new Option<bool>("--per-kon")
        {
            Description = "Ta med individinriktade insatser efter kön i förbundsadministratörens fil.",
        };
        var db = CommandTarget.DbOption();
        var forbund = CommandTarget.ForbundOption();
        var command = new Command(
            "uppfoljning-finsam",
            "Skriver en CSV-fil för var och en av de två rollerna i Uppföljning Finsam: förbundsadministratör och deltagaransvarig.")
        {
            year,
            halfOption,
            folder,
            byGender,
            db,
            forbund,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var target = await CommandTarget.OpenAsync(parsed.GetValue(db), parsed.GetValue(forbund), cancellationToken);
                var (chosenYear, half) = (parsed.GetValue(year), parsed.GetValue(halfOption));
                var (first, last) = half switch
                {
                    1 => (new DateOnly(chosenYear, 1, 1), new DateOnly(chosenYear, 6, 30)),
                    2 => (new DateOnly(chosenYear, 7, 1), new DateOnly(chosenYear, 12, 31)),
                    _ => (new DateOnly(chosenYear, 1, 1), new DateOnly(chosenYear, 12, 31)),
                };
                if (first > target.Database.Today)
                    throw new CommandException($"Perioden har inte börjat: {first:yyyy-MM-dd} är i framtiden. Välj ett år och halvår som har börjat.");
                if (last >= target.Database.Today)
                    Console.WriteLine(
                        $"Obs: perioden är inte slut. Antalen gäller hittills, till och med {Swedish.LongDate(target.Database.Today)}, och kan ändras.");
                return await RunAsync(target, chosenYear, half, parsed.GetValue(folder)!, parsed.GetValue(byGender), cancellationToken);
            });
        return command;
    }

    private static async Task<int> RunAsync(CommandTarget target, int year, int half, string folder, bool byGender, CancellationToken cancellationToken)
    {
        var export = new UppfoljningFinsamExport(target.Database);
        var figures = await export.CountAsync(target.Forbund.Id, year, half, cancellationToken);
        var compared = await OverlamningarVerb.CompareAsync(target, figures, cancellationToken);
        foreach (var file in await export.WriteAsync(figures, folder, CommandTarget.Actor, byGender, cancellationToken))
            Console.WriteLine(file);
        if (figures.Insatser.Count == 0)
            Console.WriteLine($"Obs: förbundet hade ingen insats som pågick {year}, så filerna har inga insatser.");
        if (figures.AtMost is { Length: > 0 } atMost)
            Console.WriteLine(atMost);
        if (figures.ToSettle.Count > 0)
            Console.WriteLine(
                $"Att reda ut före överlämning: {Swedish.Counted(figures.ToSettle.Count, "rad", "rader")} i filen {UppfoljningFinsamExport.ToSettleFile}. Det som inte är ifyllt är tomt i de andra filerna, och deltagare där kön är okänt räknas inte bland kvinnor och män."
            );
        OverlamningarVerb.Write(target, compared);
        return CommandRun.Done;
    }
}
