using System.Security.Cryptography;
using System.Text;

namespace FinsamOutcomes.Data.Import;

/// <summary>What a file that corrects the register changes in it: one field of a person, a stay or an answer.</summary>
/// <param name="Line">The file's row.</param>
/// <param name="ParticipantId">Whom it is about; null where it is about nobody.</param>
/// <param name="Code">Their code, or what else it is about: <c>2024 Norrby kommun</c>.</param>
/// <param name="Column">The column.</param>
/// <param name="Before">What is registered, as the file would say it.</param>
/// <param name="After">What the file says.</param>
public sealed record RegisterChange(int Line, int? ParticipantId, string Code, string Column, string Before, string After)
{
    /// <summary>Tells whether two lists of changes are the same, so that what is saved is what was shown.</summary>
    public static string Digest(IReadOnlyCollection<RegisterChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var text = new StringBuilder();
        foreach (var change in changes)
            text.Append(change.ParticipantId).Append('\t').Append(change.Code).Append('\t').Append(change.Line).Append('\t').Append(change.Column)
                .Append('\t').Append(change.Before).Append('\t').Append(change.After).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
