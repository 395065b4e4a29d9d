using System.CommandLine;
using FinsamOutcomes.Data.Backups;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam backup</c>: copies the database while others work, without its key.</summary>
internal static class BackupVerb
{
    public static Command Create()
    {
        var to = new Option<string>("--out")
        {
            Description = "Mappen där säkerhetskopior ligger. Varje säkerhetskopia blir en mapp i den.",
            HelpName = "MAPP",
            Required = true,
        };
        var key = new Option<string?>("--nyckel-till")
        {
            Description = "Kopierar också nyckelfilen, till en fil eller mapp på ett annat ställe. Den hör inte hemma bland säkerhetskopiorna.",
            HelpName = "SÖKVÄG",
        };
        var kept = NumberOption.Kept("Så många säkerhetskopior av databasen behålls i mappen; de äldsta tas bort. Utan --behall tas ingen bort.");
        var db = CommandTarget.DbOption();
        var command = new Command("backup", "Säkerhetskopierar databasen medan andra arbetar. Nyckelfilen är inte med.") { to, key, kept, db };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(
                parsed.GetValue(db),
                new NewBackup(parsed.GetValue(to)!, CommandTarget.Actor) { Kept = parsed.GetValue(kept), KeyTo = parsed.GetValue(key) },
                cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? db, NewBackup made, CancellationToken cancellationToken)
    {
        var database = await CommandTarget.OpenAsync(db, cancellationToken);
        await KeyFile.CheckAsync(database, cancellationToken);
        var backup = await new BackupStore(database).MakeAsync(made, cancellationToken);
        Console.WriteLine($"Säkerhetskopian är klar och hel: {backup.Folder} ({DiskSpace.InWords(backup.Bytes)}).");
        Console.WriteLine(
            made.KeyTo is null
                ? "Nyckelfilen är inte med. Spara den på ett annat ställe, till exempel med --nyckel-till."
                : "Nyckelfilen är kopierad för sig. Utan den går namnen i säkerhetskopian inte att läsa.");
        Console.WriteLine($"Pröva att den går att lägga tillbaka med: finsam restore \"{backup.Folder}\" --prova");
        return CommandRun.Done;
    }
}
