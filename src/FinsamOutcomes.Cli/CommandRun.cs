using System.CommandLine;
using System.Data.Common;
using FinsamOutcomes.Data.Database;
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

    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is CommandException or DatabaseAddressException or MigrationException or ReportDefinitionException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return UserError;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Avbrutet. Ingenting har sparats.");
            return UserError;
        }
        catch (DbException e)
        {
            // A database message can quote values, so only its number is shown.
            await Console.Error.WriteLineAsync($"Databasen svarade med ett fel (kod {e.ErrorCode}). Ingenting har sparats. Kontrollera att --db eller FINSAM_DB pekar rätt och att databasen går att skriva till.");
            return Unexpected;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"Filen eller mappen går inte att läsa eller skriva: {e.Message}");
            return UserError;
        }
    }
}

/// <summary>Something that the user can put right; the message says what, in Swedish.</summary>
internal sealed class CommandException(string message) : Exception(message);
