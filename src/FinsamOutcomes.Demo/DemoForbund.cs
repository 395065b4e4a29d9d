using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Import;

namespace FinsamOutcomes.Demo;

/// <summary>
/// The invented förbund: participants, participations and self-assessments by the door that every förbund's own files come
/// through, which also shows that the example files are right, and then what no file holds. All people are invented.
/// </summary>
public static class DemoForbund
{
    /// <summary>Its name in the database; never a real förbund.</summary>
    public const string Name = "Samordningsförbundet Exempel";

    /// <summary>The last full year that its numbers were set for.</summary>
    public const int LastFullYear = 2025;

    /// <summary>The id of the invented förbund in a database; null when it isn't there.</summary>
    public static async Task<int?> FindAsync(FinsamDatabase database, CancellationToken cancellationToken = default) =>
        (await new ForbundStore(database).AllAsync(cancellationToken)).FirstOrDefault(f => f.Name == Name)?.Id;

    /// <summary>
    /// Makes the förbund as it stands today: four full years and this one so far, with names and numbers of invented people
    /// in some insatser (encrypted, as all names are). Returns its id.
    /// </summary>
    /// <exception cref="DemoException">The clock is before the data begins, or the files could not be imported.</exception>
    public static async Task<int> MakeAsync(FinsamDatabase database, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        var folder = Directory.CreateTempSubdirectory("finsam-demo-").FullName;
        try
        {
            var forbundId = await MakeAsync(database, database.Today, folder, cancellationToken: cancellationToken);
            await new DemoIdentities(database, forbundId).GiveAsync(cancellationToken);
            return forbundId;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Makes the förbund as it stood at the end of a day, with codes only, and leaves the import files in a folder. Returns its id.</summary>
    /// <param name="database">Where it is made; it must not be there already.</param>
    /// <param name="last">The last day of the data.</param>
    /// <param name="folder">Where the import files are written.</param>
    /// <param name="imported">Told of each file.</param>
    /// <param name="cancellationToken">Stops between the steps.</param>
    /// <exception cref="DemoException">The day is before the data begins or after today, or the files could not be imported.</exception>
    public static async Task<int> MakeAsync(
        FinsamDatabase database,
        DateOnly last,
        string folder,
        Action<ImportResult>? imported = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (last < DemoSimulation.First || last > database.Today)
            throw new DemoException(
                $"Exemplets uppgifter börjar {DemoSimulation.First:yyyy-MM-dd} och slutar {last:yyyy-MM-dd}, men datorns klocka visar {database.Today:yyyy-MM-dd}. Ställ klockan rätt."
            );
        var forbundId = await new ForbundStore(database).AddAsync(new NewForbund { Name = Name, IsDemo = true }, cancellationToken);
        var importer = new Importer(database, forbundId);
        foreach (var (kind, file) in DemoFiles.Write(folder, last))
        {
            var result = await importer.ImportAsync(kind, file, cancellationToken: cancellationToken);
            if (!result.IsSaved)
                throw new DemoException(
                    $"Exempelfilen {result.FileName} gick inte att importera: {string.Join(" ", result.Problems.Kept.Take(3).Select(p => $"rad {p.Line}: {p.Message}"))}"
                );
            imported?.Invoke(result);
        }

        await new DemoRegistry(database, forbundId, last).FillAsync(cancellationToken);
        return forbundId;
    }
}

/// <summary>The invented förbund could not be made; the message says why, in Swedish.</summary>
public sealed class DemoException(string message) : Exception(message);
