using System.CommandLine;
using FinsamOutcomes.Reporting.UppfoljningFinsam;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam export uppfoljning-finsam</c>: the figures for the national system, a file for each role there.</summary>
internal static class UppfoljningFinsamVerb
{
    public static Command Create()
    {
        var year = new Option<int>("--ar") { Description = "Året, till exempel 2024.", Required = true, HelpName = "ÅR" };
        var half = new Option<int>("--halvar") { Description = "1 eller 2. Utan --halvar räknas hela året.", HelpName = "HALVÅR" };
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
        if (year is < 1990 or > 2059)
            throw new CommandException($"--ar ska vara ett år mellan 1990 och 2059, inte {year}.");
        if (half is < 0 or > 2)
            throw new CommandException($"--halvar ska vara 1 eller 2, inte {half}.");
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
