using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>What a reader knows of insatser and definitions, since it is printed or plain to see.</summary>
/// <param name="Parents">Each delprojekt's insats, by name.</param>
/// <param name="Reasons">The exit reasons that each definition of positive exit counts; no entry for one that doesn't go by reason.</param>
/// <param name="Increases">Definitions that ask for more work or studies after than before.</param>
internal sealed record KnownStructure(
    IReadOnlyDictionary<string, string> Parents,
    IReadOnlyDictionary<string, IReadOnlySet<string>> Reasons,
    IReadOnlySet<string> Increases)
{
    /// <summary>Insatser that follow nobody: they only count people, or work with what surrounds them.</summary>
    public IReadOnlySet<string> FollowNobody { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>True for a count that is 0 since its insats follows nobody: a reader knows it without being told.</summary>
    public bool IsNobody(ToldCount count) =>
        count.Number == 0 && FollowNobody.Contains(count.Key.Insats) && count.Key.Thing is { Kind: not CountKind.Persons } thing
        && thing != CountedThing.Anonymous && thing != CountedThing.Structural;

    public static KnownStructure Of(MeasureLabels labels, PositiveDefinitions definitions)
    {
        var names = labels.Insatser.ToDictionary(i => i.Id, i => i.Name);
        return new(
            labels.Insatser.Where(i => i.ParentId != 0).ToDictionary(i => i.Name, i => names[i.ParentId], StringComparer.Ordinal),
            definitions.All.Where(d => definitions.Reasons(d) is not null)
                .ToDictionary(d => d.Code, IReadOnlySet<string> (d) => definitions.Reasons(d)!.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal),
            definitions.All.Where(d => definitions.Reasons(d) is null).Select(d => d.Code).ToHashSet(StringComparer.Ordinal))
        {
            FollowNobody = labels.Insatser.Where(i => i.IsCountedOnly || i.IsStructural).Select(i => i.Name).ToHashSet(StringComparer.Ordinal),
        };
    }
}
