using System.CommandLine;
using FinsamOutcomes.Cli.Demo;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Demo;
using FinsamOutcomes.Reporting;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam demo</c>: an invented förbund with four years of data, its reports and its hand-over.</summary>
internal static class DemoVerb
{
    /// <summary>The last full year of the data: what is reported and handed over.</summary>
    public const int Year = DemoForbund.LastFullYear;

    private const string DatabaseFile = "exempel.sqlite";

    public static Command Create()
    {
        var folder = new Option<string>("--out")
        {
            Description = "Mapp för allt som skapas.",
            HelpName = "MAPP",
            DefaultValueFactory = _ => "./demo",
        };
        var db = new Option<string?>("--db")
        {
            Description = $"Databas att lägga exemplet i, i stället för {DatabaseFile} i mappen: sqlite:SÖKVÄG eller sqlserver:ANSLUTNINGSSTRÄNG.",
            HelpName = "ADRESS",
        };
        var force = new Option<bool>("--force")
        {
            Description = "Ersätter även filer som har ändrats sedan exemplet gjordes, och godtar en mapp med annat innehåll.",
        };
        var command = new Command(
            "demo",
            "Gör ett påhittat förbund med fyra års data (2022–2025), rapporter, figurer och överlämning. Alla personer är påhittade.")
        {
            folder,
            db,
            force,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(folder)!, parsed.GetValue(db), parsed.GetValue(force), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string path, string? db, bool isForced, CancellationToken cancellationToken)
    {
        RapportVerb.RequireFigures();
        var folder = DemoFolder.Prepare(path, isForced);
        if (folder.Replaced > 0)
            Console.WriteLine(
                $"I mappen fanns en demo sedan tidigare. Dess {Swedish.Counted(folder.Replaced, "fil", "filer")} ersätts; annat i mappen rörs inte.");
        try
        {
            var target = await MakeDatabaseAsync(folder.Path, db, cancellationToken);
            await DemoReports.WriteAsync(target, folder.Path, cancellationToken);
            SayWhatWasMade(folder.Path, db, target.Database.Engine.DisplayName);
            return CommandRun.Done;
        }
        finally
        {
            folder.Record();
        }
    }

    private static async Task<CommandTarget> MakeDatabaseAsync(string folder, string? db, CancellationToken cancellationToken)
    {
        if (db is null)
        {
            foreach (var suffix in new[] { "", "-wal", "-shm" })
                File.Delete(Path.Combine(folder, DatabaseFile + suffix));
        }

        var database = await FinsamDatabase.OpenAsync(db ?? "sqlite:" + Path.Combine(folder, DatabaseFile), cancellationToken: cancellationToken);
        if (await DemoForbund.FindAsync(database, cancellationToken) is not null)
            throw new CommandException($"Databasen {database.Engine.DisplayName} har redan ”{DemoForbund.Name}”. Ange en annan databas med --db.");
        var forbundId = await DemoForbund.MakeAsync(
            database,
            new DateOnly(Year, 12, 31),
            Path.Combine(folder, "importfiler"),
            result => Console.WriteLine($"Importerade {result.FileName}: {Swedish.Counted(result.Rows, "rad", "rader")}."),
            cancellationToken);
        return new CommandTarget(database, (await new ForbundStore(database).AllAsync(cancellationToken)).Single(f => f.Id == forbundId));
    }

    private static void SayWhatWasMade(string folder, string? db, string databaseName)
    {
        var address = db is null ? "sqlite:" + databaseName : "ADRESS";
        Console.WriteLine();
        Console.WriteLine($"Klart. ”{DemoForbund.Name}” är påhittat, liksom alla personer i det. Det finns nu:");
        Console.WriteLine($"  Databas              {databaseName}");
        Console.WriteLine($"  Importfiler          {Path.Combine(folder, "importfiler")} (exempel på formaten, att öppna i ett kalkylprogram)");
        Console.WriteLine($"  Rapporter, figurer   {Path.Combine(folder, DemoReports.ReportsFolder)}");
        Console.WriteLine($"  Uppföljning Finsam   {Path.Combine(folder, DemoReports.HandOverFolder)}");
        Console.WriteLine();
        Console.WriteLine("Gå vidare:");
        Console.WriteLine($"  Öppna {Path.Combine(folder, DemoReports.ReportsFolder, $"{DemoReports.AnnualReport}-{Year}.docx")}");
        Console.WriteLine($"  finsam statistik konsskillnad --from 2022-01-01 --to 2025-12-31 --per year --by insats --db \"{address}\"");
        Console.WriteLine("  finsam init --forbund \"Ert förbunds namn\" och finsam mall deltagare, för era egna uppgifter");
    }
}
