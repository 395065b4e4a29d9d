using System.CommandLine;
using FinsamOutcomes.Data.Import;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam karta KIND</c>: what the headings and words of the förbund's own files stand for.</summary>
internal static class KartaVerb
{
    public static Command Create()
    {
        var command = new Command("karta", "Visar eller sparar en karta: vad rubriker och ord i förbundets egna filer står för när de läses in.");
        foreach (var format in ImportFormat.All)
            command.Add(CreateKind(format));
        return command;
    }

    /// <summary>Reads a map from a file.</summary>
    /// <exception cref="CommandException">It can't be read, or is no map.</exception>
    public static ImportMap Read(string path, ImportFormat format)
    {
        if (!File.Exists(path))
            throw new CommandException($"Kartan {path} finns inte.");
        return ImportMap.Read(File.OpenRead(path), format, out var wrong) ?? throw new CommandException(wrong!);
    }

    private static Command CreateKind(ImportFormat format)
    {
        var sus = new Option<bool>("--sus")
        {
            Description = "Den karta som följer med programmet, för rubriker som en fil ur SUS kan ha. Ändra den så att den passar.",
        };
        var output = new Option<string?>("--out") { Description = "Filen som skrivs; annars skrivs kartan på skärmen.", HelpName = "FIL.csv" };
        var save = new Option<string?>("--spara")
        {
            Description = "Sparar en karta för förbundet, så att den används när inget annat sägs.",
            HelpName = "FIL.csv",
        };
        var (db, forbund) = (CommandTarget.DbOption(), CommandTarget.ForbundOption());
        var command = new Command(format.Name, $"Kartan för {format.Name}: CSV med kolumnerna rubrik, falt, varde och kod.") { sus, output, save, db, forbund };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                if (parsed.GetValue(save) is { } path)
                {
                    var map = Read(path, format);
                    var target = await CommandTarget.OpenAsync(parsed.GetValue(db), parsed.GetValue(forbund), cancellationToken);
                    await new ImportMapStore(target.Database).SaveAsync(target.Forbund.Id, format, map, CommandTarget.Actor, cancellationToken);
                    Console.WriteLine($"Sparat: {map.Columns.Count} rubriker och {map.Values.Count} ord.");
                    return CommandRun.Done;
                }

                Write(
                    parsed.GetValue(sus) ? ImportMap.Sus(format) : await OwnAsync(parsed.GetValue(db), parsed.GetValue(forbund), format, cancellationToken),
                    parsed.GetValue(output));
                return CommandRun.Done;
            });
        return command;
    }

    private static async Task<ImportMap> OwnAsync(string? db, string? forbund, ImportFormat format, CancellationToken cancellationToken)
    {
        var target = await CommandTarget.OpenAsync(db, forbund, cancellationToken);
        return await new ImportMapStore(target.Database).OfAsync(target.Forbund.Id, format, cancellationToken);
    }

    private static void Write(ImportMap map, string? path)
    {
        if (path is null)
        {
            using var screen = Console.OpenStandardOutput();
            map.Write(screen);
            return;
        }

        if (File.Exists(path))
            throw new CommandException($"Filen {path} finns redan och skrivs inte över. Välj ett annat namn.");
        using var file = File.Create(path);
        map.Write(file);
        Console.WriteLine($"Kartan är skriven till {path}.");
    }
}
