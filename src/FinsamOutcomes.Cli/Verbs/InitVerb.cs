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
        var command = new Command("init", "Skapar en databas med ett förbund, och säger var. Finns databasen redan läggs förbundet till i den.")
        {
            forbund,
            db,
        };
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
        await CommandTarget.WarnAsync(database);
        var store = new ForbundStore(database);
        var all = await store.AllAsync(cancellationToken);
        if (all.Any(f => NormalForm.AreSame(f.Name, name)))
        {
            Console.WriteLine($"Förbundet ”{name}” finns redan i {database.Engine.DisplayName}. Ingenting ändrades.");
            return CommandRun.Done;
        }

        await store.AddAsync(new NewForbund { Name = name }, cancellationToken);
        Console.WriteLine(all.Count == 0
            ? $"Databasen {database.Engine.DisplayName} är ny och klar med förbundet ”{name}”."
            : $"Förbundet ”{name}” är tillagt i databasen {database.Engine.DisplayName}, där det redan fanns {all.Count}.");
        Console.WriteLine("Nästa steg: finsam import insatser FIL");
        return CommandRun.Done;
    }
}
