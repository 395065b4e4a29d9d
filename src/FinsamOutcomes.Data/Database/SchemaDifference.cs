namespace FinsamOutcomes.Data.Database;

/// <summary>What a database has beside what the program itself makes, what it lacks, and what is another.</summary>
public sealed record SchemaDifference(IReadOnlyList<SchemaPart> Missing, IReadOnlyList<SchemaPart> Changed, IReadOnlyList<SchemaPart> Foreign)
{
    public bool IsNone => Missing.Count + Changed.Count + Foreign.Count == 0;

    /// <summary>In Swedish.</summary>
    public string InWords => string.Join(
        ", ",
        new[] { Words("saknas", Missing), Words("är ändrat", Changed), Words("är inte programmets", Foreign) }.Where(w => w.Length > 0));

    /// <summary>Holds a database of this version against an empty one, which is made in a folder that is to be thrown away.</summary>
    /// <param name="engine">The database.</param>
    /// <param name="folder">Where the empty one is made.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="NotSupportedException">The database is a server's.</exception>
    public static async Task<SchemaDifference> FindAsync(DatabaseEngine engine, string folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var own = await FinsamDatabase.OpenAsync("sqlite:" + Path.Combine(folder, "tom.sqlite"), cancellationToken: cancellationToken);
        var shall = (await own.Engine.SchemaAsync(cancellationToken)).ToDictionary(p => (p.Kind, p.Name));
        var has = (await engine.SchemaAsync(cancellationToken)).ToDictionary(p => (p.Kind, p.Name));
        return new SchemaDifference(
            [.. shall.Values.Where(p => !has.ContainsKey((p.Kind, p.Name)))],
            [.. shall.Values.Where(p => has.TryGetValue((p.Kind, p.Name), out var other) && other != p)],
            [.. has.Values.Where(p => !shall.ContainsKey((p.Kind, p.Name)))]);
    }

    private static string Words(string what, IReadOnlyList<SchemaPart> parts) => parts.Count == 0 ? "" : $"{what}: {string.Join(", ", parts.Select(InSwedish))}";

    private static string InSwedish(SchemaPart part) => part.Kind switch
    {
        "table" => "tabellen ",
        "view" => "vyn ",
        "index" => "indexet ",
        "trigger" => "utlösaren ",
        _ => "",
    } + part.Name;
}
