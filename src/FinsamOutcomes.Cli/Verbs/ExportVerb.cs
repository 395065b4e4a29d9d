using System.CommandLine;
using FinsamOutcomes.Data.Export;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Reporting;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam export</c>: what leaves the register as files. Each kind of file is a command of its own below it.</summary>
internal static class ExportVerb
{
    public static Command Create()
    {
        var command = new Command("export", "Skriver det som finns i registret till filer.");
        foreach (var format in ImportFormat.All)
            command.Add(CreateRegister(format));
        command.Add(UppfoljningFinsamVerb.Create());
        return command;
    }

    private static Command CreateRegister(ImportFormat format)
    {
        var output = new Option<string>("--out") { Description = "Filen som skrivs; en fil som finns ersätts.", Required = true, HelpName = "FIL.csv" };
        var (db, forbund) = (CommandTarget.DbOption(), CommandTarget.ForbundOption());
        var command = new Command(format.Name, $"Skriver {Contents(format.Kind)} i registret till en fil som kan importeras igen.") { output, db, forbund };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(output)!;
            var file = OutputFile.Resolve(path);
            var target = await CommandTarget.OpenAsync(parsed.GetValue(db), parsed.GetValue(forbund), cancellationToken);

            // Under another name until it is whole, so that an interrupted export never looks like a finished one.
            var unfinished = file + ".ofardig";
            int count;
            try
            {
                await using (var stream = OwnersFile.Create(unfinished))
                    count = await new Exporter(target.Database, target.Forbund.Id, CommandTarget.Actor).ExportAsync(format.Kind, stream, cancellationToken);
                File.Move(unfinished, file, overwrite: true);
            }
            finally
            {
                File.Delete(unfinished);
            }

            await target.ChainAsync();
            Console.WriteLine($"{Swedish.Counted(count, "rad skriven", "rader skrivna")} till {path}.");
            return CommandRun.Done;
        });
        return command;
    }

    private static string Contents(ImportKind kind) => kind switch
    {
        ImportKind.Insatser => "alla insatser och delprojekt",
        ImportKind.Instrument => "alla instrument för självskattning",
        ImportKind.Deltagare => "alla deltagare och deras deltaganden, utan namn och personnummer,",
        ImportKind.Sjalvskattning => "alla svar på självskattningar",
        ImportKind.Antal => "alla antal deltagare som bara räknas",
        ImportKind.Medel => "medlemmarnas medel och förbundets eget kapital",
        ImportKind.Ekonomi => "budget och utfall för insatser och förbundets egna kostnader",
        ImportKind.Mal => "styrelsens mål",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No contents named."),
    };
}
