using System.CommandLine;
using System.CommandLine.Parsing;
using System.Data.Common;
using FinsamOutcomes.Data.Backups;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Demo;
using FinsamOutcomes.Reporting.Reports;

namespace FinsamOutcomes.Cli;

/// <summary>Runs the command line and turns what goes wrong into a sentence and an exit code.</summary>
internal static class CommandRun
{
    /// <summary>All went well.</summary>
    public const int Done = 0;

    /// <summary>Something that the user can put right; the message says what.</summary>
    public const int UserError = 1;

    /// <summary>Something we didn't foresee; the message never holds personal data.</summary>
    public const int Unexpected = 2;

    /// <summary>It is done, and what was said last is to be seen to.</summary>
    public const int DoneWithWarning = 3;

    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        // No @file of arguments: a file whose name starts with @ is a file like any other.
        var parsing = new ParserConfiguration { ResponseFileTokenReplacer = null };
        try
        {
            var parsed = root.Parse(args, parsing);
            RequireValues(parsed);
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e)
            when (e
                    is CommandException
                        or DemoException
                        or DatabaseAddressException
                        or NoDatabaseException
                        or MigrationException
                        or KeyFileException
                        or BackupException
                        or ErasedFileException
                        or ReportDefinitionException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return UserError;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Avbrutet. Ingenting har sparats.");
            return UserError;
        }
        catch (Exception e) when (DatabaseFaults.Explain(e, engine: null) is { } said)
        {
            await Console.Error.WriteLineAsync(said);
            return UserError;
        }
        catch (DbException e)
        {
            // A database message can quote values, so only its number is shown.
            await Console.Error.WriteLineAsync(
                $"Databasen svarade med ett fel (felkod {DatabaseFaults.Number(e)}). Ingenting har sparats. Kontrollera att --db eller FINSAM_DB pekar rätt och att databasen går att skriva till."
            );
            return Unexpected;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(FileProblem(e));
            return UserError;
        }
        catch (Exception e)
        {
            // Never its message, which can hold personal data, nor a stack trace: where it happened is what we need to mend it.
            await Console.Error.WriteLineAsync(
                $"Något oväntat gick fel ({e.GetType().Name} i {e.TargetSite?.DeclaringType?.Name}.{e.TargetSite?.Name}). Kontrollera vad som hann bli klart. Anmäl gärna felet med texten inom parentes."
            );
            return Unexpected;
        }
    }

    // No option has an empty value that means something: a variable of a script was empty.
    private static void RequireValues(ParseResult parsed)
    {
        var empty = parsed.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(o => o.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value)));
        if (empty is not null && parsed.Errors.Count == 0)
            throw new CommandException($"{empty.Option.Name} är tomt. Ange {empty.Option.HelpName ?? "ett värde"} efter {empty.Option.Name}.");
    }

    /// <summary>What is wrong with a file, in Swedish: .NET says it in English, but only its path is worth keeping.</summary>
    private static string FileProblem(Exception problem)
    {
        var path = problem.Message.Split('\'') is [_, var quoted, _] ? $" ”{quoted}”" : "";
        return problem switch
        {
            FileNotFoundException => $"Filen{path} finns inte. Kontrollera sökvägen och stavningen.",
            DirectoryNotFoundException => $"Mappen till{path} finns inte. Kontrollera sökvägen och stavningen.",
            UnauthorizedAccessException =>
                $"Filen eller mappen{path} går inte att läsa eller skriva. Kontrollera att du har rätt till den och att den inte är en mapp där en fil väntas.",
            PathTooLongException => "Sökvägen är för lång. Välj ett kortare namn eller en annan mapp.",
            _ => $"Filen eller mappen{path} går inte att läsa eller skriva. Stäng den i andra program och kontrollera att det finns plats på disken.",
        };
    }
}

/// <summary>Something that the user can put right; the message says what, in Swedish.</summary>
internal sealed class CommandException(string message) : Exception(message);
