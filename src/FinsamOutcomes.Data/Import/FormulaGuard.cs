namespace FinsamOutcomes.Data.Import;

/// <summary>
/// Keeps a spreadsheet from running a text as a formula: an apostrophe is put before a text that starts with = + - @ on the
/// way out, and taken away on the way in, so that what is exported is imported as it was.
/// </summary>
public static class FormulaGuard
{
    /// <summary>The text is written with an apostrophe before it.</summary>
    public static bool IsNeeded(ReadOnlySpan<byte> text)
    {
        // A text that already looks guarded gets one more, or the import would take away its own.
        var rest = text.TrimStart((byte)'\'');
        return !rest.IsEmpty && rest[0] is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@';
    }

    /// <summary>The text without the guard.</summary>
    public static ReadOnlySpan<byte> Open(ReadOnlySpan<byte> text) =>
        text.Length > 1 && text[0] == '\'' && IsNeeded(text) ? text[1..] : text;
}
