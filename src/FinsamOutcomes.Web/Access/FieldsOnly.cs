using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FinsamOutcomes.Web.Access;

/// <summary>
/// Model binding fills in what people write and choose, never what the address says: a name that the route has is bound
/// from nowhere, however it is spelled, since a field would stand in the place of a number that was approved. Pages take
/// those from <see cref="CurrentAccess.Route"/>.
/// </summary>
internal sealed class FieldsOnly(IValueProviderFactory inner) : IValueProviderFactory
{
    /// <summary>Form, query and files without the names of the route; the route itself is not among them.</summary>
    public static void Use(IList<IValueProviderFactory> factories)
    {
        factories.Clear();
        factories.Add(new FieldsOnly(new FormValueProviderFactory()));
        factories.Add(new FieldsOnly(new QueryStringValueProviderFactory()));
        factories.Add(new FieldsOnly(new FormFileValueProviderFactory()));
    }

    public async Task CreateValueProviderAsync(ValueProviderFactoryContext context)
    {
        var before = context.ValueProviders.Count;
        await inner.CreateValueProviderAsync(context);
        for (var i = before; i < context.ValueProviders.Count; i++)
            context.ValueProviders[i] = new Fields(context.ValueProviders[i], context.ActionContext.RouteData.Values);
    }

    private sealed class Fields(IValueProvider inner, RouteValueDictionary route) : IBindingSourceValueProvider, IEnumerableValueProvider
    {
        public bool ContainsPrefix(string prefix) => !IsOfRoute(prefix) && inner.ContainsPrefix(prefix);

        // Lists are numbered from 0 without a gap: a form that names its own numbers could leave holes in them.
        public ValueProviderResult GetValue(string key) =>
            IsOfRoute(key) || key.EndsWith(".index", StringComparison.OrdinalIgnoreCase) ? ValueProviderResult.None : inner.GetValue(key);

        public IDictionary<string, string> GetKeysFromPrefix(string prefix)
        {
            if (IsOfRoute(prefix) || inner is not IEnumerableValueProvider list)
                return new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            var keys = list.GetKeysFromPrefix(prefix);
            return prefix.Length > 0 ? keys : keys.Where(k => !IsOfRoute(k.Key)).ToDictionary(StringComparer.OrdinalIgnoreCase);
        }

        public IValueProvider? Filter(BindingSource bindingSource) => inner switch
        {
            IBindingSourceValueProvider source when source.Filter(bindingSource) is { } left => new Fields(left, route),
            _ => null,
        };

        // The dictionary of the route asks without regard to case, as the fields are asked for.
        private bool IsOfRoute(string key) => key.Length > 0 && route.ContainsKey(key.Split('.', '[')[0]);
    }
}

/// <summary>A question has no form: a body sent with GET is not read, neither by model binding nor by a page.</summary>
internal sealed class NoFormInQuestions(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
            context.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
        return next(context);
    }
}
