using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace FinsamOutcomes.Web.Forms;

/// <summary>
/// One field of a form as all kinds of input show it: its id, what was typed (also when it was wrong), its error, and
/// FKUI's label with hint and error in it, which screen readers read with the field.
/// </summary>
internal sealed class Field
{
    private const string ErrorIcon =
        "<svg class=\"icon label__icon--left\" aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 20 20\"><path fill=\"currentColor\" d=\"M10 1.5 19.5 18.5H.5Z\"/><path fill=\"#fff\" d=\"M9.1 7.5h1.8v5H9.1zM9.1 14h1.8v1.8H9.1z\"/></svg> ";

    public Field(ModelExpression model, ViewContext view)
    {
        Name = view.ViewData.TemplateInfo.GetFullHtmlFieldName(model.Name);
        Id = TagBuilder.CreateSanitizedId(Name, "_");
        view.ViewData.ModelState.TryGetValue(Name, out var entry);
        Error = entry?.Errors.Count > 0 ? string.Join(" ", entry.Errors.Select(e => e.ErrorMessage).Distinct()) : null;
        Value = entry?.AttemptedValue ?? Text(model.Model);
        Values = entry?.RawValue switch
        {
            string[] many => many,
            string one => [one],
            _ => model.Model is System.Collections.IEnumerable list and not string ? [.. list.Cast<object?>().Select(Text)] : [Value],
        };
    }

    public string Name { get; }

    public string Id { get; }

    public string? Error { get; }

    public string Value { get; }

    /// <summary>For fields with several values.</summary>
    public IReadOnlyList<string> Values { get; }

    public IHtmlContent Label(string label, string? hint, bool isOptional)
    {
        var tag = new TagBuilder("label");
        tag.AddCssClass("label");
        tag.Attributes["for"] = Id;
        AppendLabel(tag.InnerHtml, label, hint, isOptional);
        return tag;
    }

    public void AppendLabel(IHtmlContentBuilder content, string label, string? hint, bool isOptional)
    {
        content.Append(isOptional ? $"{label} (frivilligt)" : label);
        if (hint is not null)
        {
            var description = new TagBuilder("span");
            description.AddCssClass("label__description");
            description.InnerHtml.Append(hint);
            content.AppendHtml(description);
        }

        if (Error is null)
            return;
        var message = new TagBuilder("span");
        message.AddCssClass("label__message label__message--error");
        message.InnerHtml.AppendHtml(ErrorIcon).Append(Error);
        content.AppendHtml(message);
    }

    public TagBuilder Input(string tagName, string cssClass)
    {
        var input = new TagBuilder(tagName);
        input.AddCssClass(cssClass);
        input.Attributes["id"] = Id;
        input.Attributes["name"] = Name;
        if (Error is not null)
            input.Attributes["aria-invalid"] = "true";
        return input;
    }

    public static string Text(object? value) => value switch
    {
        null => "",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.GetCultureInfo("sv-SE")),
        _ => value.ToString() ?? "",
    };

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
