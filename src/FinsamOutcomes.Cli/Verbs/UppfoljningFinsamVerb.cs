using System.CommandLine;
using FinsamOutcomes.Reporting.UppfoljningFinsam;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam export uppfoljning-finsam</c>: the figures for the national system, a file for each role there.</summary>
internal static class UppfoljningFinsamVerb
{
    public static Command Create()
    {
        var year = NumberOption.Year("Året, till exempel 2024.");
        var half = NumberOption.Half("1 eller 2. Utan --halvar räknas hela året.");
        var folder = new Option<string>("--out") { Description = "Mapp för filerna.", Required = true, HelpName = "MAPP" };
        var db = CommandTarget.DbOption();
        var forbund = CommandTarget.ForbundOption();
        var command = new Command("uppfoljning-finsam", "Skriver en CSV-fil för var och en av de två rollerna i Uppföljning Finsam: förbundsadministratör och deltagaransvarig.") { year, half, folder, db, forbund };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var target = await CommandTarget.OpenAsync(parsed.GetValue(db), parsed.GetValue(forbund), cancellationToken);
            return await RunAsync(target, parsed.GetValue(year), parsed.GetValue(half), parsed.GetValue(folder)!, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandTarget target, int year, int half, string folder, CancellationToken cancellationToken)
    {
        var export = new UppfoljningFinsamExport(target.Database);
        var figures = await export.CountAsync(target.Forbund.Id, year, half, cancellationToken);
        foreach (var file in await export.WriteAsync(figures, folder, "finsam", cancellationToken))
            Console.WriteLine(file);
        if (figures.Insatser.Count == 0)
            Console.WriteLine($"Obs: förbundet hade ingen insats som pågick {year}, så filerna har bara rubriker.");
        if (figures.HasToSettle)
            Console.WriteLine($"Att reda ut före överlämning: {figures.UnknownGender.Count} deltaganden och {figures.UnknownAnonymous} anonyma deltagare där kön är okänt. De står i filen {UppfoljningFinsamExport.ToSettleFile} och räknas inte bland kvinnor och män.");
        if (figures.YearOnlyHeadCounts > 0)
            Console.WriteLine($"Obs: {figures.YearOnlyHeadCounts} anonyma deltagare är bara registrerade för hela året och ingår inte i halvåret.");
        return CommandRun.Done;
    }
}
