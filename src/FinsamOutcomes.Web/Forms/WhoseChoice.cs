using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Reporting;

namespace FinsamOutcomes.Web.Forms;

/// <summary>A choice of whose work a list holds, kept in the address: <c>?vems=mina</c>.</summary>
/// <param name="Chosen">Whose the page shows.</param>
/// <param name="Counts">How much there is of each; what nobody has taken is offered where there is any.</param>
/// <param name="HasOwn">The user follows somebody: else everything is in one list, and there is nothing to choose between.</param>
/// <param name="Address">The page with another choice, by its word.</param>
public sealed record WhoseChoice(Whose Chosen, IReadOnlyDictionary<Whose, int> Counts, bool HasOwn, Func<string, string> Address)
{
    private static readonly (Whose Whose, string Word, string Label)[] s_words =
    [
        (Whose.Mine, "mina", "Som jag är handläggare för"), (Whose.Nobodys, "utan", "Utan handläggare"), (Whose.All, "alla", "Alla i mina insatser"),
    ];

    /// <summary>What was asked for; one's own when nothing was and there is any, else all.</summary>
    public static Whose Of(string? word, FollowedStays followed)
    {
        ArgumentNullException.ThrowIfNull(followed);
        return s_words.Where(w => w.Word == word).Select(w => (Whose?)w.Whose).FirstOrDefault() ?? (followed.HasOwn ? Whose.Mine : Whose.All);
    }

    public static string Word(Whose whose) => s_words.First(w => w.Whose == whose).Word;

    public bool IsNeeded => HasOwn || Chosen != Whose.All;

    public IEnumerable<(string Text, string Href, bool IsChosen)> Links =>
        from word in s_words
        where word.Whose != Whose.Nobodys || Chosen == Whose.Nobodys || Counts[Whose.Nobodys] > 0
        select ($"{word.Label} ({Swedish.Count(Counts[word.Whose])} att göra)", Address(word.Word), word.Whose == Chosen);
}
