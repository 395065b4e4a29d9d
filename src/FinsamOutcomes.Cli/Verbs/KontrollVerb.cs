using System.CommandLine;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Operation;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam kontroll</c>: looks through the installation, a line for each thing; ends with an error when something is wrong.</summary>
internal static class KontrollVerb
{
    public static Command Create()
    {
        var backups = new Option<string?>("--backuper")
        {
            Description = "Mappen med säkerhetskopior: den nyaste prövas så som restore gör, mot loggen och hur gammal den är, och om någon behöver en äldre nyckelfil.",
            HelpName = "MAPP",
        };
        var db = CommandTarget.DbOption();
        var command = new Command(
            "kontroll",
            "Kontrollerar installationen: databasen, loggen, nyckeln, det som är krypterat, disken, filernas rättigheter, de gallrade och säkerhetskopiorna. Felkod 1 när något är fel.")
        {
            backups,
            db,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(db), parsed.GetValue(backups), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? db, string? backups, CancellationToken cancellationToken)
    {
        // Not brought up to date: only looked at.
        var engine = DatabaseEngine.FromAddress(CommandTarget.Address(db));
        if (!engine.Exists)
            throw new CommandException($"Det finns ingen databas i {engine.DisplayName}. Kontrollera adressen (--db eller FINSAM_DB).");
        var lines = await new InstallationCheck(new FinsamDatabase(engine)).RunAsync(backups, cancellationToken);
        foreach (var line in lines)
            Console.WriteLine($"{line.StateInWords,-7}  {line.What}: {line.Said}");
        if (backups is null)
            Console.WriteLine("Säkerhetskopiorna är inte kontrollerade: ange mappen med --backuper MAPP.");
        return lines.Any(l => l.State == CheckState.Fault) ? CommandRun.UserError : CommandRun.Done;
    }
}
