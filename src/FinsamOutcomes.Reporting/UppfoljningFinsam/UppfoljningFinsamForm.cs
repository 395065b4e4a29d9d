using System.Globalization;

namespace FinsamOutcomes.Reporting.UppfoljningFinsam;

/// <summary>What is known about a field of the national form: they must never look alike.</summary>
public enum UppfoljningFinsamState
{
    /// <summary>There is a value to copy; 0 is one.</summary>
    Filled,

    /// <summary>Somebody has to fill it in here first.</summary>
    NotFilled,

    /// <summary>The form asks nothing here, or nothing yet.</summary>
    DoesNotApply,
}

/// <summary>A field of the national form for the förbund or an insats.</summary>
/// <param name="Label">What the form calls it.</param>
/// <param name="State">Whether there is a value.</param>
/// <param name="Value">As it is typed in; empty unless filled.</param>
/// <param name="Reason">Why it does not apply, or of a number how it is to be read, in Swedish; else empty.</param>
/// <param name="Code">See <see cref="NationalField"/>; null in a delivery from before the form was data.</param>
public sealed record UppfoljningFinsamField(string Label, UppfoljningFinsamState State, string Value, string Reason = "", string? Code = null);

/// <summary>A line of the form: all that a role fills in about the förbund, or about an insats.</summary>
/// <param name="InsatsId">Null for the förbund.</param>
/// <param name="Name">Of the förbund or insats.</param>
/// <param name="Fields">In the order of the form.</param>
public sealed record UppfoljningFinsamLine(int? InsatsId, string Name, IReadOnlyList<UppfoljningFinsamField> Fields);

/// <summary>What a field of <c>national_form_field</c> is. Who fills it in, its label and its place are data.</summary>
public static class NationalField
{
    public const string Forbund = "forbund";
    public const string Insats = "insats";
    public const string CalendarYear = "calendar_year";
    public const string Half = "half";

    /// <summary>All that the members give; followed by a point and a code of <c>contributor_kind</c>, what those of a kind give.</summary>
    public const string Funds = "funds";

    public const string OwnCapital = "own_capital";
    public const string AdministrationBudget = "administration_budget";
    public const string AdministrationOutcome = "administration_outcome";
    public const string Orientation = "orientation";
    public const string SpecificOrientation = "specific_orientation";
    public const string TargetGroups = "target_groups";
    public const string FollowUpMethod = "follow_up_method";
    public const string Esf = "esf";
    public const string StartsOn = "starts_on";
    public const string EndsOn = "ends_on";
    public const string BudgetedParticipants = "budgeted_participants";
    public const string Budget = "budget";
    public const string Outcome = "outcome";
    public const string StructuralParticipants = "structural_participants";
    public const string Women = "women";
    public const string Men = "men";
    public const string WomenAndMen = "women_and_men";
    public const string AnonymousWomen = "anonymous_women";
    public const string AnonymousMen = "anonymous_men";
    public const string UnknownGender = "unknown_gender";

    /// <summary>Says which line it is, and nothing about it.</summary>
    internal static bool Identifies(string field) => field is Forbund or Insats or CalendarYear or Half;

    /// <summary>A number, however it begins.</summary>
    internal static bool MayBeNegative(string field) => field is OwnCapital or AdministrationOutcome or Outcome;
}

/// <summary>The national web form, field by field in its order: what the files and the page to copy from hold.</summary>
public static class UppfoljningFinsamForm
{
    private const string TwoHalves = "högst så många: två halvår är hoplagda";
    private const string YearNotOver = "fylls i när året är slut";

    /// <summary>A role's fields, in order.</summary>
    /// <param name="figures">What was counted.</param>
    /// <param name="role">See <see cref="UppfoljningFinsamRole"/>.</param>
    /// <param name="withChoice">Also those that the role may leave out.</param>
    public static IReadOnlyList<NationalFormFieldRow> FieldsOf(UppfoljningFinsamFigures figures, string role, bool withChoice = false)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return [.. figures.Form.Where(f => f.NationalRole == role && (withChoice || !f.IsByChoice))];
    }

    /// <summary>
    /// All that a role fills in: the förbund first, where the role is asked about it, then the insatser by name. An insats about which
    /// the role is asked nothing is left out.
    /// </summary>
    /// <param name="figures">What was counted.</param>
    /// <param name="role">See <see cref="UppfoljningFinsamRole"/>.</param>
    /// <param name="withChoice">Also the fields that the role may leave out.</param>
    public static IReadOnlyList<UppfoljningFinsamLine> Lines(UppfoljningFinsamFigures figures, string role, bool withChoice = false)
    {
        var fields = FieldsOf(figures, role, withChoice);
        var lines = figures.Insatser
            .Select(row => new UppfoljningFinsamLine(row.InsatsId, row.Insats, Fields(figures, role, row, withChoice)))
            .Where(line => line.Fields.Any(f => f.State != UppfoljningFinsamState.DoesNotApply && !NationalField.Identifies(f.Code!)));
        return fields.Any(f => f.AskedOf == "forbund")
            ?
            [
                new(
                    InsatsId: null,
                    figures.Forbund.Forbund,
                    [.. fields.Where(f => f.AskedOf is "forbund" or "both").Select(f => Labelled(f, OfForbund(f.Field, figures)))]),
                .. lines,
            ]
            : [.. lines];
    }

    /// <summary>What a role fills in about an insats, in order.</summary>
    public static IReadOnlyList<UppfoljningFinsamField> Fields(
        UppfoljningFinsamFigures figures,
        string role,
        UppfoljningFinsamInsatsRow row,
        bool withChoice = false)
    {
        ArgumentNullException.ThrowIfNull(row);
        return [.. FieldsOf(figures, role, withChoice).Where(f => f.AskedOf is "insats" or "both").Select(f => Labelled(f, OfInsats(f.Field, figures, row)))];
    }

    private static UppfoljningFinsamField OfForbund(string field, UppfoljningFinsamFigures figures)
    {
        var forbund = figures.Forbund;
        var notYet = figures.IsYearOver ? "" : YearNotOver;
        return field switch
        {
            NationalField.Forbund => Of(forbund.Forbund),
            NationalField.CalendarYear => Of(Text(figures.Year)),
            NationalField.Funds => Of(Text(forbund.FundsKronor)),
            NationalField.OwnCapital => Of(Text(forbund.OwnCapitalKronor)),
            NationalField.AdministrationBudget => Of(Text(forbund.AdministrationBudgetKronor)),
            NationalField.AdministrationOutcome => Of(Text(forbund.AdministrationOutcomeKronor), notYet),
            _ when field.StartsWith(NationalField.Funds + ".", StringComparison.Ordinal) => OfKind(field[(NationalField.Funds.Length + 1)..], figures),
            _ => throw Unknown(field),
        };
    }

    // Who must pay by law is missed; that nobody else pays goes without saying.
    private static UppfoljningFinsamField OfKind(string kind, UppfoljningFinsamFigures figures)
    {
        var funds = figures.Funds.FirstOrDefault(f => f.Kind == kind) ?? throw Unknown($"{NationalField.Funds}.{kind}");
        return Of(Text(funds.Kronor), funds is { Members: 0, SharePercent: null } ? "ingen sådan medlem" : "");
    }

    private static UppfoljningFinsamField OfInsats(string field, UppfoljningFinsamFigures figures, UppfoljningFinsamInsatsRow row)
    {
        var isIndividual = row.Orientation == "individual";
        var missing = figures.MissingMoney.Where(m => m.TopInsatsId == row.InsatsId).ToList();
        return field switch
        {
            NationalField.Insats => Of(row.Insats),
            NationalField.CalendarYear => Of(Text(figures.Year)),
            NationalField.Half => Of(figures.Half == 0 ? "Helår" : Text(figures.Half)),
            NationalField.Orientation => Of(isIndividual ? "Individinriktad" : "Strukturövergripande"),
            NationalField.SpecificOrientation => Of(row.SpecificOrientation),
            NationalField.TargetGroups => Of(string.Join(", ", figures.TargetGroups[row.InsatsId])),
            NationalField.FollowUpMethod => Of(row.FollowUpMethod == "individual" ? "Deltagare följs individuellt" : "Endast antal deltagare"),
            NationalField.Esf => Of(row.IsEsf ? "Ja" : "Nej"),
            NationalField.StartsOn => Of(Text(row.StartsOn)),
            NationalField.EndsOn => Of(row.EndsOn is { } ends ? Text(ends) : null, "inget slutdatum är bestämt"),
            NationalField.BudgetedParticipants => Of(missing.Exists(m => m.LacksParticipants) ? null : Text(row.BudgetedParticipants)),
            NationalField.Budget => Of(missing.Exists(m => m.LacksBudget) ? null : Text(row.BudgetKronor)),
            NationalField.Outcome => Of(
                missing.Exists(m => m.LacksOutcome) ? null : Text(row.OutcomeKronor),
                figures.IsYearOver ? "" : YearNotOver),
            NationalField.StructuralParticipants => row.HasStructural
                ? AtMost(Of(Text(figures.StructuralCount(row.InsatsId))), figures.Structural.GetValueOrDefault(row.InsatsId)?.IsAtMost)
                : Of(null, "individinriktad insats"),
            NationalField.Women => ByGender(Counted("woman").All, "woman"),
            NationalField.Men => ByGender(Counted("man").All, "man"),
            NationalField.WomenAndMen => ByGender(Counted("woman").All + Counted("man").All, "woman", "man"),
            NationalField.AnonymousWomen => ByGender(Counted("woman").Anonymous, "woman"),
            NationalField.AnonymousMen => ByGender(Counted("man").Anonymous, "man"),
            NationalField.UnknownGender => ByGender(Counted("unknown").All, "unknown"),
            _ => throw Unknown(field),
        };

        (long? All, long? Anonymous) Counted(string gender) =>
            figures.IsCounted(row.InsatsId, gender) ? figures.Count(row.InsatsId, gender) : (null, null);

        UppfoljningFinsamField ByGender(long? number, params string[] genders) => row.HasIndividual
            ? AtMost(Of(Text(number)), genders.Any(g => figures.Participants.GetValueOrDefault((row.InsatsId, g)) is { IsAtMost: true }))
            : Of(null, "strukturövergripande insats");
    }

    private static UppfoljningFinsamField Labelled(NationalFormFieldRow row, UppfoljningFinsamField field) => field with { Label = row.Label, Code = row.Field };

    // What has no value is not filled in, unless there is a reason why nobody asks for it.
    private static UppfoljningFinsamField Of(string? value, string reason = "") =>
        !string.IsNullOrEmpty(value) ? new("", UppfoljningFinsamState.Filled, value)
        : reason.Length > 0 ? new("", UppfoljningFinsamState.DoesNotApply, "", reason)
        : new("", UppfoljningFinsamState.NotFilled, "");

    private static UppfoljningFinsamField AtMost(UppfoljningFinsamField field, bool? isAtMost) =>
        field.State == UppfoljningFinsamState.Filled && isAtMost == true ? field with { Reason = TwoHalves } : field;

    private static InvalidOperationException Unknown(string field) => new($"national_form_field has a field that the program does not know: {field}.");

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
