using System.Globalization;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Registration;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FinsamOutcomes.Web.Pages.Assessments;

/// <summary>What is typed for one paper.</summary>
public sealed class AnswerInput
{
    public int ParticipationId { get; set; }

    public DateOnly AnsweredOn { get; set; }

    /// <summary>What stands in the field of each question, by the question's row.</summary>
    public Dictionary<int, string?> Answers { get; set; } = [];

    /// <summary>The version that was read, when an assessment is corrected.</summary>
    public int Version { get; set; }
}

/// <summary>The questions of an instrument as a form: what they are, what was typed, and how that is read.</summary>
public sealed class AnswerSheet
{
    private readonly Dictionary<string, string> _previous;

    public AnswerSheet(InstrumentRow instrument, IReadOnlyList<InstrumentItem> items, AnswerInput input, Assessment? previous = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(input);
        (Instrument, Items, Input, Previous) = (instrument, items, input, previous);
        _previous = previous?.Answers.ToDictionary(a => a.ItemCode, a => AssessmentWords.Answer(a.Value, a.MissingReason), StringComparer.OrdinalIgnoreCase)
            ?? [];
        foreach (var item in items)
            input.Answers.TryAdd(item.Row.Id, null);
    }

    public InstrumentRow Instrument { get; }

    public IReadOnlyList<InstrumentItem> Items { get; }

    public AnswerInput Input { get; }

    /// <summary>The assessment with the same instrument at the occasion before, shown beside.</summary>
    public Assessment? Previous { get; }

    /// <summary>The names of the fields in the order of the form.</summary>
    public IReadOnlyList<string> Names => ["Input.AnsweredOn", .. Items.Select(i => Field(i.Row))];

    public string Hint(InstrumentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var scale = AssessmentWords.Scale(item.Row);
        return _previous.TryGetValue(item.Row.Code, out var answer) ? $"{scale}. Förra gången: {answer}" : scale;
    }

    /// <summary>Reads what was typed; what can't be read, and what is empty, gets its message beside the question and is left out.</summary>
    public IReadOnlyList<NewAnswer> Read(ModelStateDictionary modelState)
    {
        ArgumentNullException.ThrowIfNull(modelState);
        var answers = new List<NewAnswer>();
        foreach (var (item, number) in Items.Select((item, i) => (item.Row, i + 1)))
        {
            var text = (Input.Answers.GetValueOrDefault(item.Id) ?? "").Trim();
            if (TryRead(text, item.Code) is { } answer)
                answers.Add(answer);
            else
                modelState.AddModelError(
                    Field(item),
                    text.Length == 0
                        ? $"Fråga {number}: svaret saknas. Skriv en siffra, eller ange varför svaret saknas."
                        : $"Fråga {number}: svaret går inte att läsa. Skriv ett tal från {AssessmentWords.Number(item.ScaleMin)} till {AssessmentWords.Number(item.ScaleMax)}, eller ange varför svaret saknas."
                );
        }

        return answers;
    }

    /// <summary>Puts what the store refused beside the questions; a question that already has a message keeps only that.</summary>
    public void AddErrors(ModelStateDictionary modelState, RegistrationException exception)
    {
        ArgumentNullException.ThrowIfNull(modelState);
        ArgumentNullException.ThrowIfNull(exception);
        var questions = Items.Select((item, i) => (item.Row, Number: i + 1)).ToDictionary(q => $"Answers[{q.Row.Code}]", StringComparer.OrdinalIgnoreCase);
        foreach (var error in exception.Errors)
        {
            var isAnswer = questions.TryGetValue(error.Field, out var question);
            var field = isAnswer ? Field(question.Row) : $"Input.{error.Field}";
            if (modelState.GetFieldValidationState(field) != ModelValidationState.Invalid)
                modelState.AddModelError(
                    field,
                    isAnswer ? $"Fråga {question.Number}: {char.ToLowerInvariant(error.Message[0])}{error.Message[1..]}" : error.Message);
        }
    }

    /// <summary>What a registered answer looks like in its field.</summary>
    public static string Typed(AnswerRow answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer switch
        {
            { Value: { } value } => AssessmentWords.Number(value),
            { MissingReason: "not_asked" } => "e",
            { MissingReason: "declined" } => "v",
            _ => "o",
        };
    }

    /// <summary>The number of the question that a history's field, such as <c>Answers[sömn]</c>, is about; null for another field.</summary>
    public int? NumberOf(string historyField) => Place(historyField) is var place and >= 0 ? place + 1 : null;

    /// <summary>Where in the form the answer is that a history's field is about.</summary>
    public string? FieldOf(string historyField) => Place(historyField) is var place and >= 0 ? Field(Items[place].Row) : null;

    private int Place(string historyField) =>
        Items.ToList().FindIndex(i => string.Equals(historyField, $"Answers[{i.Row.Code}]", StringComparison.OrdinalIgnoreCase));

    private static string Field(InstrumentItemRow item) => string.Create(CultureInfo.InvariantCulture, $"Input.Answers[{item.Id}]");

    private static NewAnswer? TryRead(string text, string itemCode) =>
        text.ToLowerInvariant() switch
        {
            "e" => new NewAnswer { ItemCode = itemCode, MissingReason = "not_asked" },
            "v" => new NewAnswer { ItemCode = itemCode, MissingReason = "declined" },
            "o" => new NewAnswer { ItemCode = itemCode, MissingReason = "unknown" },
            var number
                when decimal.TryParse(
                    number.Replace(',', '.').Replace('−', '-'),
                    NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var value) => new NewAnswer { ItemCode = itemCode, Value = value },
            _ => null,
        };
}
