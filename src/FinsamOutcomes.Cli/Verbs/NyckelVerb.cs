using System.CommandLine;
using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary>
/// <c>finsam nyckel</c>: says whether the key file is the database's; <c>--ny-nyckel</c> goes on without one that is lost, and
/// <c>finsam nyckel byt</c> changes one that is not.
/// </summary>
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
        var changedDb = CommandTarget.DbOption();
        var change = new Command(
            "byt",
            "Byter nyckeln medan andra arbetar: allt som är krypterat krypteras om. Avbryts det, kör samma kommando igen. Felkod 3 när nyckeln är bytt men någon uppgift inte gick att läsa.")
        {
            changedDb,
        };
        change.SetAction((parsed, cancellationToken) => ChangeAsync(parsed.GetValue(changedDb), cancellationToken));
        command.Add(change);
        return command;
    }

    private static async Task<int> ChangeAsync(string? db, CancellationToken cancellationToken)
    {
        var database = await CommandTarget.OpenAsync(db, cancellationToken);
        var changed = await KeyChange.RunAsync(database, CommandTarget.Actor, Console.WriteLine, cancellationToken);
        var (values, users, unreadable) = (Text(changed.Values), Text(changed.Users), Text(changed.Unreadable));
        Console.WriteLine($"Nyckeln är bytt, och {values} uppgifter är omkrypterade. Säkerhetskopiera {KeyFile.PathFor(database)} för sig, nu.");
        Console.WriteLine($"Den tidigare nyckeln finns i {changed.EarlierPath}. Äldre säkerhetskopior behöver den: flytta den dit nyckelns kopior ligger,");
        Console.WriteLine("och ta bort den när den sista säkerhetskopian från tiden före bytet är borta.");
        if (changed.Users > 0)
            Console.WriteLine($"{users} användare behöver göra nya reservkoder, och får veta det när de loggar in. Länkar med kod behöver göras om.");
        if (changed.Unreadable == 0)
            return CommandRun.Done;
        var what = changed.Unreadable == 1 ? "uppgift" : "uppgifter";
        Console.WriteLine($"OBS! {unreadable} {what} gick inte att läsa med den tidigare nyckeln heller, och är som förut: skadade, eller krypterade med en annan nyckel.");
        Console.WriteLine("Namn och nummer visas som oläsliga och går att skriva in igen.");
        return CommandRun.DoneWithWarning;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

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
