namespace FinsamOutcomes.Data.Import;

/// <summary>Tells what looks like a Swedish personal or co-ordination number, wherever it stands in a field.</summary>
internal static class PersonalNumberSearch
{
    /// <summary>
    /// True for YYMMDD-NNNN and YYYYMMDD-NNNN, with -, + or space or nothing before the last four, when month and day are
    /// possible (day + 60 in a co-ordination number). The check digit isn't asked for: a misspelt number is as personal.
    /// </summary>
    public static bool IsIn(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i + 10 <= text.Length; i++)
        {
            var run = Digits(text, i);
            if (run == 0)
                continue;
            if (run is 10 or 12 && IsDate(text.Slice(i + run - 10, 6)))
                return true;
            if (run is 6 or 8 && i + run + 4 < text.Length && text[i + run] is (byte)'-' or (byte)'+' or (byte)' '
                && Digits(text, i + run + 1) == 4 && IsDate(text.Slice(i + run - 6, 6)))
            {
                return true;
            }

            i += run;
        }

        return false;
    }

    private static int Digits(ReadOnlySpan<byte> text, int from)
    {
        var to = from;
        while (to < text.Length && text[to] is >= (byte)'0' and <= (byte)'9')
            to++;
        return to - from;
    }

    private static bool IsDate(ReadOnlySpan<byte> yymmdd)
    {
        var month = ((yymmdd[2] - '0') * 10) + yymmdd[3] - '0';
        var day = ((yymmdd[4] - '0') * 10) + yymmdd[5] - '0';
        return month is >= 1 and <= 12 && day is (>= 1 and <= 31) or (>= 61 and <= 91);
    }
}
