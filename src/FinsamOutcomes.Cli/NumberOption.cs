using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FinsamOutcomes.Data.Import;

namespace FinsamOutcomes.Cli;

/// <summary>Options that take a whole number within limits. What doesn't fit is said in words, before anything is opened.</summary>
internal static class NumberOption
{
    public static Option<int> Year(string description) =>
        Create("--ar", "ÅR", description, (1990, 2059), "ett år mellan 1990 och 2059", isRequired: true);

    /// <summary>1 or 2; 0 when it isn't given, which means the whole year.</summary>
    public static Option<int> Half(string description) =>
        Create("--halvar", "HALVÅR", description, (1, 2), "1 eller 2", isRequired: false);

    /// <summary>0 when it isn't given.</summary>
    public static Option<int> HeaderRow(string description) =>
        Create("--rubrikrad", "RAD", description, (1, ImportOptions.LastHeaderRow), $"ett tal mellan 1 och {ImportOptions.LastHeaderRow}", isRequired: false);

    /// <summary>0 when it isn't given, which keeps all.</summary>
    public static Option<int> Kept(string description) =>
        Create("--behall", "ANTAL", description, (1, 10_000), "ett tal mellan 1 och 10000", isRequired: false);

    private static Option<int> Create(string name, string helpName, string description, (int Min, int Max) limits, string expected, bool isRequired) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            Required = isRequired,
            CustomParser = result => Parse(result, name, limits, expected),
        };

    private static int Parse(ArgumentResult result, string name, (int Min, int Max) limits, string expected)
    {
        var written = result.Tokens[0].Value;
        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= limits.Min && number <= limits.Max)
            return number;
        result.AddError($"{name} ska vara {expected}, inte ”{written}”.");
        return 0;
    }
}
