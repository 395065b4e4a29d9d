using System.CommandLine;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam init --forbund NAMN</c>: makes the database and the förbund in it.</summary>
internal static class InitVerb
{
    public static Command Create()
    {
        var forbund = new Option<string>("--forbund") { Description = "Förbundets namn.", Required = true, HelpName = "NAMN" };
        var db = CommandTarget.DbOption();
        var command = new Command("init", "Skapar en databas med ett förbund. Finns databasen redan läggs förbundet till i den.") { forbund, db };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(forbund)!, parsed.GetValue(db), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string name, string? db, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > 200)
            throw new CommandException("Förbundets namn ska ha mellan 1 och 200 tecken.");
        if (ForbiddenSigns.In(name) is { } sign)
            throw new CommandException($"Förbundets namn innehåller {sign}. Skriv om namnet utan det.");
        var database = await FinsamDatabase.OpenAsync(CommandTarget.Address(db), cancellationToken: cancellationToken);
        var store = new ForbundStore(database);
        if ((await store.AllAsync(cancellationToken)).Any(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            Console.WriteLine($"Förbundet ”{name}” finns redan i {database.Engine.DisplayName}. Ingenting ändrades.");
            return CommandRun.Done;
        }

        await store.AddAsync(new NewForbund { Name = name }, cancellationToken);
        Console.WriteLine($"Databasen {database.Engine.DisplayName} är klar med förbundet ”{name}”.");
        Console.WriteLine("Nästa steg: finsam import insatser FIL");
        return CommandRun.Done;
    }
}
