using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Database;

/// <summary>
/// Takes away signs that no text may hold (<see cref="ForbiddenSigns"/>) from what was written before they were refused.
/// Done once for a database, by the migrator; each text that is changed is an event in the log of its förbund.
/// </summary>
internal static class StoredTexts
{
    /// <summary>As the migrator remembers that it is done.</summary>
    public const string Name = "signs-in-texts";

    /// <summary>Told anew when the rule takes in more, so that it is done again.</summary>
    public const string Version = "1";

    private const int LongestName = 200;
    private const int LongestCode = 50;

    // Which statement changes a text of which table, what it is called in the log and how it is written.
    private static readonly Dictionary<string, (string Query, string Field, TextForm Form, int Longest)> s_places = new(StringComparer.Ordinal)
    {
        ["forbund"] = ("Signs.Forbund", "name", TextForm.Line, LongestName),
        ["insats"] = ("Signs.Insats", "name", TextForm.Line, LongestName),
        ["insats_text"] = ("Signs.InsatsText", "body", TextForm.Lines, int.MaxValue),
        ["forbund_cost"] = ("Signs.ForbundCost", "name", TextForm.Line, LongestName),
        ["positive_definition"] = ("Signs.PositiveDefinition", "label", TextForm.Line, LongestName),
        ["code_choice"] = ("Signs.CodeChoice", "label", TextForm.Line, LongestName),
        ["participant"] = ("Signs.Participant", "code", TextForm.Line, LongestCode),
        ["instrument"] = ("Signs.Instrument", "code", TextForm.Line, LongestCode),
        ["instrument_item"] = ("Signs.InstrumentItem", "code", TextForm.Line, LongestCode),
        ["item_text"] = ("Signs.ItemText", "body", TextForm.AnyDirection, int.MaxValue),
        ["app_user"] = ("Signs.AppUser", "display_name", TextForm.Line, LongestName),
        ["quality_dismissal"] = ("Signs.QualityDismissal", "note", TextForm.Lines, int.MaxValue),
    };

    public static async Task CleanAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        foreach (var forbund in await session.QueryAsync<ForbundRow>("Forbund.All", cancellationToken: cancellationToken))
        {
            var texts = await session.QueryAsync<StoredText>("Signs.Texts", new { ForbundId = forbund.Id }, cancellationToken);
            var taken = texts.Where(t => ForbiddenSigns.In(t.Written, s_places[t.Place].Form) is null).Select(Key).ToHashSet(StringComparer.Ordinal);
            foreach (var text in texts)
            {
                var (query, field, form, longest) = s_places[text.Place];
                if (ForbiddenSigns.In(text.Written, form) is not { } sign)
                    continue;
                var written = Free(text, form, longest, taken);
                await session.ExecuteAsync(query, new { ForbundId = forbund.Id, text.Id, text.Part, text.CalendarYear, Written = written }, cancellationToken);
                await AuditLog.AppendAsync(
                    session,
                    new NewAuditEvent
                    {
                        ForbundId = forbund.Id,
                        Actor = "finsam",
                        Action = "Texts.RemoveSigns",
                        Entity = text.Place,
                        EntityId = text.Id,
                        Detail = $"{field}: {sign}",
                    },
                    cancellationToken);
            }
        }
    }

    // Names and codes stay different from one another, and none becomes empty.
    private static string Free(StoredText text, TextForm form, int longest, HashSet<string> taken)
    {
        var clean = ForbiddenSigns.Without(text.Written, form).Trim();
        if (form != TextForm.Line)
            return clean;
        clean = clean.Length > 0 ? clean : "utan namn";
        var written = clean;
        for (var n = 2; !taken.Add(Key(text with { Written = written })); n++)
        {
            var suffix = $" ({n})";
            written = clean[..Math.Min(clean.Length, longest - suffix.Length)] + suffix;
        }

        return written;
    }

    // What must differ among texts of a kind: the names of people need not.
    private static string Key(StoredText text) => text.Place switch
    {
        "instrument_item" => $"{text.Place} {text.Part} {NormalForm.Of(text.Written)}",
        "forbund_cost" => $"{text.Place} {text.CalendarYear} {NormalForm.Of(text.Written)}",
        "app_user" => $"{text.Place} {text.Id} {text.Written}",
        _ => $"{text.Place} {NormalForm.Of(text.Written)}",
    };
}

/// <summary>A text that somebody wrote, and where it stands.</summary>
public sealed record StoredText
{
    /// <summary>The table.</summary>
    public required string Place { get; init; }

    public required int Id { get; init; }

    /// <summary>What of the key is text, such as a section or language.</summary>
    public required string Part { get; init; }

    /// <summary>0 where the key has none.</summary>
    public required int CalendarYear { get; init; }

    public required string Written { get; init; }
}
