package io.broadsheet.template;

import org.apache.velocity.runtime.resource.Resource;
import org.apache.velocity.runtime.resource.ResourceManagerImpl;

/** Parsed templates, each looked at for a change at every use: Velocity itself looks once a second at most. */
final class TemplateCache extends ResourceManagerImpl {
    @Override
    public Resource getResource(String name, int type, String encoding) {
        String key = type + name;
        Resource cached = globalCache.get(key);
        if (cached != null && cached.isSourceModified()) {
            globalCache.remove(key);
        }
        return super.getResource(name, type, encoding);
    }
}
