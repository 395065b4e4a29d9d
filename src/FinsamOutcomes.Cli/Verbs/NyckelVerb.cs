using System.CommandLine;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam nyckel</c>: says whether the key file is the database's; <c>--ny-nyckel</c> goes on without one that is lost.</summary>
internal static class NyckelVerb
{
    public static Command Create()
    {
        var isNew = new Option<bool>("--ny-nyckel")
        {
            Description =
                "Börjar om med en ny nyckelfil när den gamla är förlorad. Namn och personnummer som den gamla nyckeln låste går aldrig mer att läsa; resten av registret är som förut.",
        };
        var db = CommandTarget.DbOption();
        var command = new Command("nyckel", "Kontrollerar nyckelfilen till namn och personnummer.") { isNew, db };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(db), parsed.GetValue(isNew), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? db, bool isNew, CancellationToken cancellationToken)
    {
        var address = CommandTarget.Address(db);
        var engine = DatabaseEngine.FromAddress(address);
        if (!engine.Exists)
            throw new CommandException($"Det finns ingen databas i {engine.DisplayName}. Skapa en med: finsam init --forbund NAMN");
        var database = await FinsamDatabase.OpenExistingAsync(address, cancellationToken: cancellationToken);
        var path = KeyFile.PathFor(database);
        if (isNew)
        {
            var lost = await LostKey.ReplaceAsync(database, CommandTarget.Actor, cancellationToken);
            Console.WriteLine($"Databasen använder nu nyckelfilen {path}. Säkerhetskopiera den för sig.");
            Console.WriteLine(lost.InWords());
            return CommandRun.Done;
        }

        if (!File.Exists(path))
            throw new CommandException(
                $"Det finns ingen nyckelfil i {path}. Den görs när det första namnet sparas; har databasen redan namn ska filen läggas tillbaka från säkerhetskopian."
            );
        await KeyFile.CheckAsync(database, cancellationToken);
        Console.WriteLine($"Nyckelfilen {path} är den som databasen hör ihop med.");
        return CommandRun.Done;
    }
}
