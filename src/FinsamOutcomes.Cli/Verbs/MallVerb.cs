using System.CommandLine;
using System.Text;
using FinsamOutcomes.Data.Import;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam mall KIND</c>: writes an empty template for an import file.</summary>
internal static class MallVerb
{
    public static Command Create()
    {
        var command = new Command("mall", "Skriver en tom mall för en importfil, med alla kolumner.");
        foreach (var format in ImportFormat.All)
        {
            var output = new Option<string?>("--out") { Description = "Filen som skrivs; annars skrivs mallen på skärmen.", HelpName = "FIL.csv" };
            var kind = new Command(format.Name, format.Summary) { output };
            kind.SetAction((parsed, cancellationToken) => WriteAsync(format, parsed.GetValue(output), cancellationToken));
            command.Add(kind);
        }

        return command;
    }

    private static async Task<int> WriteAsync(ImportFormat format, string? path, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            Console.Write(format.Template);
            return CommandRun.Done;
        }

        if (File.Exists(path))
            throw new CommandException($"Filen {path} finns redan och skrivs inte över. Välj ett annat namn.");
        await File.WriteAllTextAsync(path, format.Template, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), cancellationToken);
        Console.WriteLine($"Mallen är skriven till {path}. Kolumnerna förklaras med: finsam import {format.Name} --help");
        return CommandRun.Done;
    }
}
