using System.Text.Json;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FinsamOutcomes.Web.Pages.Assessments;

/// <summary>
/// What was sent from a pile of papers and refused, kept so that it is shown on an address of its own: Back and reload never
/// ask whether to send it again.
/// </summary>
public sealed record RefusedPaper
{
    /// <summary>The answers as typed; null when they were of another participant.</summary>
    public AnswerInput? Input { get; init; }

    /// <summary>The date as typed, where it could not be read.</summary>
    public string? TypedDate { get; init; }

    /// <summary>What was said of it, but for what reading the answers once more says.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Everything that the form has been told so far.</summary>
    public static IReadOnlyList<FieldError> Told(ModelStateDictionary modelState) =>
        [.. modelState.SelectMany(e => e.Value!.Errors.Select(error => new FieldError(e.Key, error.ErrorMessage)))];

    /// <summary>Keeps it; null when it is too much to keep.</summary>
    public async Task<string?> KeepAsync(SetAside aside, string path)
    {
        ArgumentNullException.ThrowIfNull(aside);
        var text = JsonSerializer.Serialize(this);
        return SetAside.Fits(text) ? await aside.KeepAsync(path, text) : null;
    }

    /// <summary>What was kept; null when it is not there any more.</summary>
    public static async Task<RefusedPaper?> FindAsync(SetAside aside, string path, string? key)
    {
        ArgumentNullException.ThrowIfNull(aside);
        return await aside.FindAsync(path, key) is { } text ? JsonSerializer.Deserialize<RefusedPaper>(text) : null;
    }

    /// <summary>Says again what was said when it was sent.</summary>
    public void Tell(ModelStateDictionary modelState, AnswerSheet? sheet)
    {
        ArgumentNullException.ThrowIfNull(modelState);
        if (TypedDate is not null)
            modelState.SetModelValue("Input.AnsweredOn", TypedDate, TypedDate);
        foreach (var error in Errors)
            modelState.AddModelError(error.Field, error.Message);
        if (Input is not null)
            sheet?.Read(modelState);
    }
}
